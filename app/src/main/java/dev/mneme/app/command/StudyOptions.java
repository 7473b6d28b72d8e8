package dev.mneme.app.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of the commands that look for capacities.
final class StudyOptions {
  @Mixin private ResultOptions results = new ResultOptions();

  @Option(
      names = "--save-models",
      description =
          "Keep the models at the peaks, one per seed, in the run folder under models, so that"
              + " other tools open them (Hugging Face GPT-2 layout). Runs every trial, also those"
              + " with a result in the store, since the store keeps no models.")
  private boolean saveModels;

  ResultOptions results() {
    return results;
  }

  boolean saveModels() {
    return saveModels;
  }
}
