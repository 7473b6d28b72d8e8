package dev.mneme.experiment;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/// The version of this library, which the build writes into its module descriptor.
public final class MnemeVersion {
  private MnemeVersion() {}

  /// Such as `0.1.0`; `development` where it runs from classes that were never packaged.
  public static String read() {
    return Optional.ofNullable(MnemeVersion.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("development");
  }
}
