package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.ResumingExecutor.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumingExecutorTest {
  private static final EngineIdentity ENGINE = FakeTrials.NOWHERE.engine();

  @TempDir Path home;
  private final MapArchive archive = new MapArchive();
  private FakeTrials.Executor executor;

  /// Keeps outcomes in memory.
  static final class MapArchive implements TrialArchive {
    final Map<String, TrialResult> kept = new LinkedHashMap<>();
    int keeps;

    @Override
    public synchronized Map<String, TrialResult> find(Collection<String> ids) {
      Map<String, TrialResult> found = new LinkedHashMap<>(kept);
      found.keySet().retainAll(ids);
      return found;
    }

    @Override
    public synchronized void keep(TrialOutcome outcome) {
      keeps++;
      kept.put(outcome.result().id(), outcome.result());
    }
  }

  private static TrialSpecification trial(int sequences) {
    return new TrialSpecification(FakeTrials.MODEL, sequences, FakeTrials.TRAINING, 1);
  }

  private static List<TrialSpecification> trials(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(ResumingExecutorTest::trial).toList();
  }

  /// Trial 2 diverges and trial 3 fails.
  private static TrialResult answer(TrialSpecification trial) {
    String id = TrialIdentity.of(trial, ENGINE);
    return switch (trial.sequences()) {
      case 2 -> new TrialResult.Diverged(trial, id, FakeTrials.NOWHERE, 5, "infinite");
      case 3 -> new TrialResult.Failed(trial, id, FakeTrials.NOWHERE, "out of memory");
      default -> withId(FakeTrials.finished(trial, 10 * trial.sequences()), id);
    };
  }

  private static TrialResult withId(TrialResult.Finished made, String id) {
    return new TrialResult.Finished(
        made.specification(),
        id,
        made.provenance(),
        made.training(),
        made.fresh(),
        made.untrained(),
        made.ceiling(),
        made.curve());
  }

  @BeforeEach
  void freshExecutor() {
    executor = new FakeTrials.Executor(ResumingExecutorTest::answer);
  }

  private ResumingExecutor resuming(Failed failed) {
    return new ResumingExecutor(
        executor, archive, new TrialCheckpoints(home, Duration.ZERO), ENGINE, failed);
  }

  @Test
  void whatHasAResultIsNotRunAgain() {
    List<TrialResult> first = resuming(Failed.KEEP).run(trials(5), TrialListener.NONE, () -> false);
    assertThat(executor.asked).hasSize(5);
    freshExecutor();
    List<TrialResult> known = new ArrayList<>();
    List<TrialResult> ended = new ArrayList<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void known(TrialResult result) {
            known.add(result);
          }

          @Override
          public void ended(TrialOutcome outcome) {
            ended.add(outcome.result());
          }
        };

    List<TrialResult> second = resuming(Failed.KEEP).run(trials(6), listener, () -> false);

    assertThat(second.subList(0, 5)).isEqualTo(first);
    assertThat(executor.asked).containsExactly(trial(6));
    assertThat(known).isEqualTo(first);
    assertThat(ended).extracting(TrialResult::specification).containsExactly(trial(6));
    assertThat(archive.keeps).isEqualTo(6);
  }

  @Test
  void failedTrialsAreRetriedOnlyWhenAskedAndDivergedOnesNever() {
    resuming(Failed.KEEP).run(trials(4), TrialListener.NONE, () -> false);
    freshExecutor();

    resuming(Failed.RETRY).run(trials(4), TrialListener.NONE, () -> false);

    assertThat(executor.asked).containsExactly(trial(3));
  }

  @Test
  void aTrialAskedForTwiceRunsOnceAndIsReturnedTwice() {
    List<TrialResult> results =
        resuming(Failed.KEEP)
            .run(List.of(trial(4), trial(1), trial(4)), TrialListener.NONE, () -> false);

    assertThat(executor.asked).containsExactly(trial(4), trial(1));
    assertThat(results)
        .extracting(TrialResult::specification)
        .containsExactly(trial(4), trial(1), trial(4));
  }

  @Test
  void aCheckpointGoesOnceTheResultIsKept() throws Exception {
    String id = TrialIdentity.of(trial(1), ENGINE);
    Path checkpoint = Files.createDirectories(home.resolve(id).resolve("step-000000000001"));

    resuming(Failed.KEEP).run(trials(1), TrialListener.NONE, () -> false);
    assertThat(home.resolve(id)).doesNotExist();

    // a kill between keeping and discarding leaves it behind until the next run
    Files.createDirectories(checkpoint);
    resuming(Failed.KEEP).run(trials(1), TrialListener.NONE, () -> false);
    assertThat(home.resolve(id)).doesNotExist();
  }

  @Test
  void whatCannotBeKeptIsNotAnnounced() {
    List<TrialOutcome> announced = new ArrayList<>();
    TrialArchive full =
        new TrialArchive() {
          @Override
          public Map<String, TrialResult> find(Collection<String> ids) {
            return Map.of();
          }

          @Override
          public void keep(TrialOutcome outcome) {
            throw new IllegalStateException("the disk is full");
          }
        };
    TrialListener listener =
        new TrialListener() {
          @Override
          public void ended(TrialOutcome outcome) {
            announced.add(outcome);
          }
        };
    ResumingExecutor resuming =
        new ResumingExecutor(
            executor, full, new TrialCheckpoints(home, Duration.ZERO), ENGINE, Failed.KEEP);
    assertThatThrownBy(() -> resuming.run(trials(2), listener, () -> false))
        .hasMessage("the disk is full");
    assertThat(announced).isEmpty();
  }
}
