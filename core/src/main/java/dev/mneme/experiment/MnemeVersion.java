package dev.mneme.experiment;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/// The version of this library, which the build writes into its module descriptor and, for programs
/// that know no modules, into the manifest of its jar.
public final class MnemeVersion {
  private MnemeVersion() {}

  /// Such as `0.1.0`; `development` where it runs from classes that were never packaged.
  public static String read() {
    return Optional.ofNullable(MnemeVersion.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .or(() -> Optional.ofNullable(MnemeVersion.class.getPackage().getImplementationVersion()))
        .orElse("development");
  }
}
