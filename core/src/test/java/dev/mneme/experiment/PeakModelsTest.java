package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.checkpoint.HuggingFaceCheckpoint;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakModelsTest {
  private static final TrialSpecification TRIAL =
      new TrialSpecification(
          EngineTrialRunnerTest.MODEL, 5, EngineTrialRunnerTest.plan(3, 0.01), 7);

  @TempDir private Path home;

  private static ModelWeights weights(long seed) {
    return new ModelWeights(
        TRIAL.model(),
        new Initialization(0.1, 0.1).draw(ParameterLayout.of(TRIAL.model()), new Seed(seed)));
  }

  @Test
  void beforeThePeaksAreKnownModelsAreWholeButNotUnderTheNameOfAResult() throws IOException {
    Path models = home.resolve("models");
    new PeakModels(models).finished(TRIAL, weights(1));
    assertThat(models.toFile().list()).containsExactly("candidates");
    assertThat(models.resolve("candidates").toFile().list()).containsExactly("1x8-N5-seed7-000001");
    assertThat(
            HuggingFaceCheckpoint.read(models.resolve("candidates/1x8-N5-seed7-000001")).config())
        .isEqualTo(TRIAL.model());
  }

  @Test
  void withoutAPeakNothingIsLeft() {
    PeakModels models = new PeakModels(home.resolve("models"));
    models.finished(TRIAL, weights(1));
    models.finished(TRIAL, weights(1)); // two searches may ask for the same trial
    assertThat(models.keepPeaks(new StudyReport(List.of(), false))).isEmpty();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aModelThatCannotBeKeptEndsTheStudyInsteadOfFailingItsTrial() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "in the way");
    TrialRunner runner =
        TrialRunner.on(new ReferenceEngine(), new PeakModels(file.resolve("models")));
    assertThatThrownBy(() -> runner.run(TRIAL, TrialListener.NONE, () -> false))
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> assertThat(e.problem().given()).endsWith("(" + file + " is not a folder)"));
  }

  @Test
  void keepingModelsChangesNoResult() {
    TrialResult with =
        TrialRunner.on(new ReferenceEngine(), new PeakModels(home.resolve("models")))
            .run(TRIAL, TrialListener.NONE, () -> false)
            .orElseThrow()
            .result();
    TrialResult without =
        TrialRunner.on(new ReferenceEngine())
            .run(TRIAL, TrialListener.NONE, () -> false)
            .orElseThrow()
            .result();
    assertThat(with)
        .usingRecursiveComparison()
        .ignoringFields("provenance.seconds", "provenance.coreSeconds")
        .isEqualTo(without);
  }
}
