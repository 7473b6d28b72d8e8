package dev.mneme.app.command;

import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.config.EngineName;
import dev.mneme.app.report.Summary;
import dev.mneme.experiment.MnemeVersion;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "Mneme " + MnemeVersion.read(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
      "Engine " + Summary.name(Engines.create(EngineChoice.of(EngineName.VECTOR)).identity()),
      "System "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.version")
          + " "
          + System.getProperty("os.arch")
    };
  }
}
