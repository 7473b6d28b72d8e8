package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.measure.ControlReport;
import dev.mneme.model.GptConfig;
import dev.mneme.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CapacityStudyTest {
  private static final List<GptConfig> MODELS =
      List.of(GptConfig.of(1, 4, 8, 4), GptConfig.of(1, 6, 8, 4), GptConfig.of(1, 8, 8, 4));

  /// A real study on models of a few hundred parameters.
  private static StudyReport study(int threads, StudyListener listener) {
    TrainingPlan training = EngineTrialRunnerTest.plan(40, 0.02);
    CapacityPlan plan =
        new CapacityPlan(
            training,
            List.of(0.05, 0.1, 0.2, 0.4),
            1.5,
            6,
            List.of(1L, 2L),
            1,
            List.of(0.5),
            1,
            2,
            0,
            0.02);
    List<CapacityTask> tasks = MODELS.stream().map(model -> new CapacityTask(model, plan)).toList();
    try (LocalExecutor executor =
        new LocalExecutor(TrialRunner.on(new ReferenceEngine()), threads)) {
      return new CapacityStudy(executor).run(tasks, listener, () -> false);
    }
  }

  @Test
  void aStudyOfThreeModelsIsTheSameWithOneThreadOrTwo() {
    List<String> concluded = new ArrayList<>();
    StudyListener listener =
        new StudyListener() {
          @Override
          public void concluded(CapacityReport report) {
            concluded.add(report.model().toString());
          }
        };
    StudyReport one = study(1, StudyListener.NONE);
    StudyReport two = study(2, listener);

    assertThat(concluded).hasSize(3);
    assertThat(two.interrupted()).isFalse();
    assertThat(two.reports()).extracting(CapacityReport::model).isEqualTo(MODELS);
    for (int i = 0; i < 3; i++) {
      assertThat(two.reports().get(i).peak()).isEqualTo(one.reports().get(i).peak()).isPresent();
      assertThat(two.reports().get(i).convergence()).isEqualTo(one.reports().get(i).convergence());
      assertThat(two.reports().get(i).trials())
          .extracting(TrialResult::id)
          .isEqualTo(one.reports().get(i).trials().stream().map(TrialResult::id).toList());
    }
    assertThat(two.lineThroughOrigin()).isEqualTo(one.lineThroughOrigin()).isPresent();
    assertThat(two.lineWithIntercept()).isPresent();
  }

  @Test
  void aReportInJsonSaysWhatWasFoundAndWhatWasNotMeasured() {
    CapacityPlan plan = FakeTrials.plan();
    CapacityTask found = new CapacityTask(FakeTrials.MODEL, plan);
    CapacityTask failed = new CapacityTask(GptConfig.of(1, 9, 16, 8), plan);
    double top = PredictedSize.of(FakeTrials.MODEL);
    FakeTrials.Executor executor =
        new FakeTrials.Executor(trial ->
            trial.model().width() == 9
                ? FakeTrials.failed(trial)
                : FakeTrials.finished(trial, 1000 - Math.abs(trial.sequences() - top)));
    StudyReport study =
        new CapacityStudy(executor).run(List.of(found, failed), StudyListener.NONE, () -> false);

    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(ResultJson.study(study, List.of(new ControlReport(List.of()))));

    assertThat(json.at("/format").asString()).isEqualTo("mneme-study/1");
    assertThat(json.at("/reached").asBoolean()).isFalse();
    JsonNode first = json.at("/models/0");
    assertThat(first.at("/reached").asBoolean()).isTrue();
    assertThat(first.at("/claimed").asBoolean(true)).isFalse();
    assertThat(first.at("/notClaimedBecause").asString())
        .isEqualTo("controls 1, 2, 3, 4, 5 were not made");
    assertThat(first.at("/peak/netBits/mean").asDouble())
        .isEqualTo(study.reports().getFirst().peak().orElseThrow().capacity().mean());
    assertThat(first.at("/peak/bitsPerParameter/mean").asDouble())
        .isCloseTo(
            first.at("/peak/netBits/mean").asDouble() / first.at("/parameters/total").asLong(),
            within(1e-12));
    assertThat(first.at("/points").size()).isEqualTo(5);
    assertThat(first.at("/convergence/growth").asDouble()).isZero();
    assertThat(first.at("/controls/allPassed").asBoolean()).isFalse();
    assertThat(first.at("/controls/missing").size()).isEqualTo(5);
    JsonNode second = json.at("/models/1");
    assertThat(second.at("/peak").isNull()).isTrue();
    assertThat(second.at("/convergence/growth").isNull()).isTrue();
    assertThat(second.at("/controls").isNull()).isTrue();
    assertThat(second.at("/failures").size()).isEqualTo(5);
    assertThat(json.at("/lineThroughOrigin").isNull()).isTrue();
  }

  @Test
  @Timeout(20)
  void aListenerThatFailsEndsTheWholeStudyAtOnce() {
    StudyListener broken =
        new StudyListener() {
          @Override
          public void ended(TrialOutcome outcome) {
            throw new IllegalArgumentException("the disk is full");
          }
        };
    assertThatThrownBy(() -> study(2, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("the disk is full");
  }
}
