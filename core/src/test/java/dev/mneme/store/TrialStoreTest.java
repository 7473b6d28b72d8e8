package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TextScores;
import dev.mneme.experiment.TrialJson;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.store.TrialStore.Registration;
import dev.mneme.unit.Bits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialStoreTest {
  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = home.resolve("some/where/trials.duckdb");
  }

  @Test
  void everyKindOfResultReadsBackExactly() {
    List<TrialResult> results =
        List.of(MadeUpTrials.finished(1), MadeUpTrials.diverged(2), MadeUpTrials.failed(3));
    List<String> ids = results.stream().map(TrialResult::id).toList();
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(new TrialOutcome(results.getFirst(), MadeUpTrials.withScores(1).scores()));
      store.keep(TrialOutcome.of(results.get(1)));
      store.keep(TrialOutcome.of(results.get(2)));
      assertThat(store.find(ids).values()).containsExactlyInAnyOrderElementsOf(results);
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(store.find(ids).values()).containsExactlyInAnyOrderElementsOf(results);
      assertThat(store.scores(ids.getFirst())).contains(MadeUpTrials.scores(1));
      assertThat(store.show(ids.getFirst()))
          .isEqualTo(new StoredTrial(results.getFirst(), List.of(), 11, 6));
    }
  }

  @Test
  void trialsOnTextReadBackExactly() {
    TrialOutcome first = MadeUpTrials.onText(1);
    TrialOutcome second = MadeUpTrials.onText(2);
    String id = first.result().id();
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(second);
      store.keep(first);
      store.keep(MadeUpTrials.withScores(1));
      assertThat(store.find(List.of(id)).values()).containsExactly(first.result());
      SampleScores scores = store.scores(id).orElseThrow();
      SampleScores given = first.scores().orElseThrow();
      assertThat(scores.training()).isEqualTo(given.training());
      assertThat(scores.fresh()).isEqualTo(given.fresh());
      assertSame(scores.text().orElseThrow(), given.text().orElseThrow());
      assertThat(store.scores(MadeUpTrials.id(1))).contains(MadeUpTrials.scores(1));
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(
              Answer.of(
                      store,
                      "SELECT data_source, corpus, tokenizer, bits_per_parameter IS NULL FROM"
                          + " trials ORDER BY data_source, id")
                  .rows())
          .hasSize(3)
          .contains(
              List.of(
                  new QueryValue.Text("text"),
                  new QueryValue.Text("a ¶ corpus"),
                  new QueryValue.Text("bytes"),
                  new QueryValue.Truth(true)));
      assertThat(Answer.of(store, "SELECT count(*) FROM capacity_points").rows())
          .containsExactly(List.of(new QueryValue.Amount(1L)));
    }
  }

  /// Means over seeds count, text does not, and another shape has none.
  @Test
  void theLargestCapacityOfAShapeIsAMeanOverSeeds() {
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(TrialOutcome.of(MadeUpTrials.seed(1, 5000)));
      store.keep(TrialOutcome.of(MadeUpTrials.seed(2, 7000)));
      store.keep(MadeUpTrials.onText(1));
      assertThat(store.largestCapacity(MadeUpTrials.specification(1).model(), "fp32"))
          .contains(new Bits(6000));
      assertThat(store.largestCapacity(MadeUpTrials.specification(2).model(), "fp32")).isEmpty();
      assertThat(store.largestCapacity(MadeUpTrials.specification(1).model(), "ternary")).isEmpty();
    }
  }

  private static void assertSame(TextScores stored, TextScores given) {
    assertThat(stored.completions()).isEqualTo(given.completions());
    assertThat(stored.tokens()).isEqualTo(given.tokens());
    assertThat(stored.attacks()).hasSameSizeAs(given.attacks());
    for (int i = 0; i < given.attacks().size(); i++) {
      assertThat(stored.attacks().get(i).attack()).isEqualTo(given.attacks().get(i).attack());
      assertThat(stored.attacks().get(i).members())
          .containsExactly(given.attacks().get(i).members());
      assertThat(stored.attacks().get(i).nonMembers())
          .containsExactly(given.attacks().get(i).nonMembers());
    }
  }

  /// More than DuckDB handles in one go (2048 rows) and than its appender hands on at once
  /// (204,800).
  @Test
  void manyScoresReadBackExactly() {
    SampleScores scores = MadeUpTrials.scores(1, 210_001);
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(new TrialOutcome(MadeUpTrials.finished(1), Optional.of(scores)));
      store.keep(new TrialOutcome(MadeUpTrials.finished(2), Optional.of(MadeUpTrials.scores(2))));
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(store.scores(MadeUpTrials.id(1))).contains(scores);
      assertThat(store.scores(MadeUpTrials.id(2))).contains(MadeUpTrials.scores(2));
    }
  }

  @Test
  void aFinishedResultIsNeverReplaced() {
    TrialOutcome first = MadeUpTrials.withScores(1);
    String id = first.result().id();
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(first);
      store.keep(
          new TrialOutcome(MadeUpTrials.finished(id, 5), Optional.of(MadeUpTrials.scores(5))));
      store.keep(TrialOutcome.of(MadeUpTrials.failed(1)));
      store.keep(TrialOutcome.of(MadeUpTrials.diverged(1)));
      store.keep(first);
      assertThat(store.find(List.of(id))).containsExactly(Map.entry(id, first.result()));
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(store.scores(id)).contains(MadeUpTrials.scores(1));
      assertThat(
              Answer.of(store, "SELECT count(*), (SELECT count(*) FROM curve_points) FROM trials")
                  .rows())
          .containsExactly(List.of(new QueryValue.Amount(1L), new QueryValue.Amount(2L)));
    }
  }

  @Test
  void anUnfinishedResultIsReplacedByAnyLaterOne() {
    List<TrialResult> inTurn =
        List.of(
            MadeUpTrials.failed(1),
            MadeUpTrials.diverged(1),
            MadeUpTrials.diverged(1),
            MadeUpTrials.failed(1),
            MadeUpTrials.finished(1));
    try (TrialStore store = TrialStore.open(file, "test")) {
      for (TrialResult result : inTurn) {
        store.keep(TrialOutcome.of(result));
        assertThat(store.find(List.of(result.id())).values()).containsExactly(result);
      }
    }
    try (TrialStore store = TrialStore.open(file, "test")) {
      assertThat(store.find(List.of(MadeUpTrials.id(1))).values())
          .containsExactly(inTurn.getLast());
    }
  }

  @Test
  void unknownTrialsAreLeftOut() {
    try (TrialStore store = TrialStore.open(file, "test")) {
      assertThat(store.find(List.of())).isEmpty();
      store.keep(MadeUpTrials.withScores(1));
      List<String> many = new ArrayList<>();
      for (int i = 1; i < 2500; i++) {
        many.add(MadeUpTrials.id(i));
      }
      assertThat(store.find(many)).containsOnlyKeys(MadeUpTrials.id(1));
    }
  }

  @Test
  void severalThreadsMayKeepAtOnce() throws Exception {
    try (TrialStore store = TrialStore.open(file, "test")) {
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          int number = i;
          all.add(
              threads.submit(() -> {
                store.keep(MadeUpTrials.withScores(number));
                assertThat(store.find(List.of(MadeUpTrials.id(number)))).hasSize(1);
              }));
        }
        for (Future<?> one : all) {
          one.get();
        }
      }
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(Answer.of(store, "SELECT count(DISTINCT number), max(number) FROM trials").rows())
          .containsExactly(List.of(new QueryValue.Amount(40L), new QueryValue.Amount(40L)));
      for (int i = 0; i < 40; i++) {
        assertThat(store.scores(MadeUpTrials.id(i))).contains(MadeUpTrials.scores(i));
      }
    }
  }

  /// An executor that is closed interrupts its threads, which may just have an outcome to keep.
  @Test
  void aThreadThatIsToldToStopStillKeepsWhatItHas() {
    TrialStore store = TrialStore.open(file, "test");
    Thread.currentThread().interrupt();
    try {
      store.keep(MadeUpTrials.withScores(1));
      store.close();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (StoreReader reader = TrialStore.openExisting(file, "test")) {
      assertThat(reader.scores(MadeUpTrials.id(1))).contains(MadeUpTrials.scores(1));
    }
  }

  /// What the columns say is what the record says.
  @Test
  void everyColumnHasItsFigure() {
    TrialResult.Finished trial = MadeUpTrials.finished(4);
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(TrialOutcome.of(trial));
      store.keep(TrialOutcome.of(MadeUpTrials.diverged(5)));
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      Answer answer = Answer.of(store, "FROM trials ORDER BY number");
      List<String> figures = new ArrayList<>();
      for (int i = 0; i < answer.columns().size(); i++) {
        figures.add(answer.columns().get(i).name() + " " + text(answer.rows().getFirst().get(i)));
      }
      assertThat(figures)
          .containsExactly(
              "id " + trial.id(),
              "number 1",
              "status finished",
              "layers 2",
              "width 16",
              "heads 2",
              "vocabulary_size 97",
              "context_length 7",
              "tied_head true",
              "parameters " + trial.specification().model().parameterCount().total(),
              "parameters_without_embeddings "
                  + trial.specification().model().parameterCount().withoutEmbeddings(),
              "sequences 14",
              "seed 2",
              "steps 1004",
              "batch_size 8",
              "learning_rate 0.002",
              "warmup_share 0.05",
              "flat_share 0.3",
              "decay COSINE",
              "beta1 0.9",
              "beta2 0.99",
              "epsilon 1.0E-8",
              "weight_decay 0.125",
              "embedding_deviation 0.05",
              "weight_deviation 0.02",
              "planned_curve_points 3",
              "engine made up",
              "numerics_version 3",
              "vector_bits 256",
              "precision fp32",
              "data_hash hash-4",
              "mneme_version 0.1",
              "java java 25",
              "operating_system some system",
              "processor some processor",
              "seconds 5.5",
              "trained_tokens 123460",
              "tokens_per_second " + 123460 / 5.5,
              "entropy_bits " + trial.training().entropy().value(),
              "ceiling_bits " + trial.ceiling().value(),
              "net_bits " + trial.training().net().value(),
              "clipped_bits " + trial.training().clipped().value(),
              "net_standard_error_bits " + trial.training().netStandardError().value(),
              "bits_per_parameter " + trial.bitsPerParameter().value(),
              "share_of_ceiling " + trial.training().net().value() / trial.ceiling().value(),
              "fresh_net_bits " + trial.fresh().net().value(),
              "fresh_clipped_bits " + trial.fresh().clipped().value(),
              "fresh_net_standard_error_bits " + trial.fresh().netStandardError().value(),
              "untrained_net_bits " + trial.untrained().net().value(),
              "untrained_clipped_bits " + trial.untrained().clipped().value(),
              "untrained_net_standard_error_bits " + trial.untrained().netStandardError().value(),
              "diverged_at_step NULL",
              "reason NULL",
              "record " + TrialJson.write(trial),
              "data_source random-tokens",
              "corpus NULL",
              "tokenizer NULL",
              "optimizer adamw",
              "momentum NULL",
              "matrix_scale NULL",
              "embedding_rate NULL",
              "core_seconds 5.25",
              "operations " + 6.0 * 123460 * (2 * (12 * 16 * 16 + 2 * 16 * 7) + 16 * 97));
      assertThat(
              Answer.of(
                      store,
                      "SELECT net_bits, share_of_ceiling, diverged_at_step, reason FROM trials"
                          + " WHERE status = 'diverged'")
                  .rows())
          .containsExactly(
              List.of(
                  new QueryValue.Missing(),
                  new QueryValue.Missing(),
                  new QueryValue.Amount(17L),
                  new QueryValue.Text("a gradient is not finite")));
    }
  }

  private static String text(QueryValue value) {
    return switch (value) {
      case QueryValue.Missing missing -> "NULL";
      case QueryValue.Truth truth -> String.valueOf(truth.value());
      case QueryValue.Amount amount -> String.valueOf(amount.value());
      case QueryValue.Text text -> text.value();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE trials; --",
        "\"quoted\" and \\ and `ticks`",
        "line\nbreak\ttab",
        "\u0000 zero",
        "äöü € \ud83d\ude00",
        "%_like",
        "$1 ? :name",
        " "
      })
  void hostileTextIsKeptAsItIs(String text) {
    TrialResult.Failed trial =
        new TrialResult.Failed(
            MadeUpTrials.specification(1), "id" + text, MadeUpTrials.provenance(1), text);
    ExperimentRecord experiment = new ExperimentRecord(text, "kind" + text, text, text + text);
    Path odd = home.resolve("it's \"a\" store; x=1.duckdb");
    try (TrialStore store = TrialStore.open(odd, text)) {
      store.keep(TrialOutcome.of(trial));
      store.register(experiment, List.of(trial.id(), text));
    }
    try (StoreReader store = TrialStore.openExisting(odd, text)) {
      assertThat(store.find(List.of(trial.id())).values()).containsExactly(trial);
      assertThat(store.show("id" + text)).isEqualTo(new StoredTrial(trial, List.of(text), 0, 0));
      assertThat(store.experiments()).containsExactly(new StoredExperiment(experiment, 2, 0, 0, 1));
      assertThat(store.trials(text)).containsExactly(trial.id(), text);
      List<TrialRow> rows = new ArrayList<>();
      store.list(TrialFilter.ALL.withExperiment(text).withIdPrefix("id" + text), rows::add);
      assertThat(rows)
          .singleElement()
          .satisfies(row -> assertThat(row.experiments()).containsExactly(text));
    }
  }

  @Test
  void anExperimentStandsForWhatWasRunLast() {
    ExperimentRecord grid = new ExperimentRecord("grid", "grid", "the first", "seeds: 2");
    ExperimentRecord changed = new ExperimentRecord("grid", "grid", "the first", "seeds: 1");
    String one = MadeUpTrials.id(1);
    String two = MadeUpTrials.id(2);
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(MadeUpTrials.withScores(1));
      assertThat(store.register(grid, List.of(two, one, two))).isEqualTo(Registration.NEW);
      assertThat(store.register(grid, List.of(two, one))).isEqualTo(Registration.SAME);
      assertThat(store.register(changed, List.of(one))).isEqualTo(Registration.REPLACED);
      assertThat(store.register(changed, List.of(two, one))).isEqualTo(Registration.REPLACED);

      store.register(new ExperimentRecord("search", "capacity", "", ""), List.of());
      store.addTrial("search", one);
      store.addTrial("search", two);
      store.addTrial("search", one);
      assertThatThrownBy(() -> store.addTrial("none", one))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("none");
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      assertThat(store.experiments())
          .containsExactly(
              new StoredExperiment(changed, 2, 1, 0, 0),
              new StoredExperiment(new ExperimentRecord("search", "capacity", "", ""), 2, 1, 0, 0));
      assertThat(store.trials("grid")).containsExactly(two, one);
      assertThat(store.trials("search")).containsExactly(one, two);
      assertThat(store.trials("none")).isEmpty();
      assertThat(store.show(one).experiments()).containsExactly("grid", "search");
    }
  }
}
