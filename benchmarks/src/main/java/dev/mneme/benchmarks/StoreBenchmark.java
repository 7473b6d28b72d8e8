package dev.mneme.benchmarks;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.Provenance;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialIdentity;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.store.ExperimentRecord;
import dev.mneme.store.ExportFormat;
import dev.mneme.store.QueryRows;
import dev.mneme.store.QueryValue;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import dev.mneme.store.TrialOrder;
import dev.mneme.store.TrialStatus;
import dev.mneme.store.TrialStore;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/// A store with many trials: how long it takes to keep one, and to list, find, filter and export
/// them. Not a JMH benchmark, since every step changes what the next one meets. Trials are made up,
/// without training.
///
/// A first part is kept one by one, as a run does; the rest is copied from it inside DuckDB, with
/// other identities; then as many more are kept one by one, now in a large store.
///
/// Arguments: an empty folder, the number of trials (100,000), how many of them to keep one by one
/// each time (1000, which divides the first), and how many scores of single sequences each has,
/// training and fresh together.
public final class StoreBenchmark {
  private static final int[] WIDTHS = {32, 64, 96, 128};

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Path.of(arguments[0]);
    int trials = Integer.parseInt(arguments[1]);
    int part = Integer.parseInt(arguments[2]);
    int scores = Integer.parseInt(arguments[3]);
    Path file = folder.resolve("trials.duckdb");
    keep(file, 0, part, scores, "empty store");
    multiply(file, trials / part);
    keep(file, part, part, scores, "store of " + trials);
    System.out.printf(
        Locale.ROOT, "%-50s %,10d kB%n", "size of the store", Files.size(file) / 1000);
    search(file);
    read(file, folder, part);
  }

  private static void keep(Path file, int first, int count, int scores, String where) {
    double[] milliseconds = new double[count];
    long start = System.nanoTime();
    try (TrialStore store = TrialStore.open(file, "benchmark")) {
      show("open the " + where, (System.nanoTime() - start) / 1e6);
      for (int i = 0; i < count; i++) {
        TrialOutcome outcome = outcome(first + i, scores);
        long begun = System.nanoTime();
        store.keep(outcome);
        milliseconds[i] = (System.nanoTime() - begun) / 1e6;
      }
      Arrays.sort(milliseconds);
      show("keep one trial in the " + where + ", median", milliseconds[count / 2]);
      show("keep one trial, 99th of 100", milliseconds[count * 99 / 100]);
      show("keep one trial, slowest", milliseconds[count - 1]);
      start = System.nanoTime();
    }
    show("fold the log and close", (System.nanoTime() - start) / 1e6);
  }

  /// Copies every row, so that there are this many of each, under other identities.
  private static void multiply(Path file, int times) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMP TABLE copies AS SELECT range AS copy FROM range(1, " + times + ")");
      statement.execute("CREATE TEMP MACRO renamed(id, copy) AS sha256(id || copy)");
      statement.execute(
          """
          INSERT INTO trials SELECT * EXCLUDE copy REPLACE (
            renamed(id, copy) AS id,
            number + copy * (SELECT max(number) FROM trials) AS number,
            replace(record, id, renamed(id, copy)) AS record)
          FROM trials, copies
          """);
      for (String table : List.of("curve_points", "sample_scores")) {
        statement.execute(
            "INSERT INTO "
                + table
                + " SELECT * EXCLUDE copy REPLACE (renamed(trial, copy) AS trial) FROM "
                + table
                + ", copies");
      }
    }
  }

  private static void search(Path file) {
    List<String> ids = new ArrayList<>();
    try (StoreReader store = TrialStore.openExisting(file, "benchmark")) {
      store.list(TrialFilter.ALL, row -> ids.add(row.id()));
    }
    try (TrialStore store = TrialStore.open(file, "benchmark")) {
      time(
          "register an experiment with all of them",
          () -> store.register(new ExperimentRecord("all", "grid", "", "made up"), ids));
      time("find one trial", () -> store.find(List.of(ids.getLast())));
      time("find 1000 trials", () -> store.find(ids.subList(0, 1000)));
      time("find all trials", () -> store.find(ids));
    }
  }

  private static void read(Path file, Path folder, int part) {
    long start = System.nanoTime();
    try (StoreReader store = TrialStore.openExisting(file, "benchmark")) {
      show("open for reading", (System.nanoTime() - start) / 1e6);
      time("list all", () -> count(store, TrialFilter.ALL));
      time(
          "list the 20 with most bits per parameter",
          () ->
              count(
                  store,
                  TrialFilter.ALL.sortedBy(TrialOrder.BITS_PER_PARAMETER, true).limitedTo(20)));
      time(
          "list one shape's finished ones of experiment",
          () ->
              count(
                  store,
                  TrialFilter.ALL
                      .withModel(1, 32)
                      .withExperiment("all")
                      .withStatuses(Set.of(TrialStatus.FINISHED))));
      String id = identity(specification(part / 2));
      time("show one", () -> store.show(id.substring(0, 12)));
      time("scores of one", () -> store.scores(id));
      time(
          "query means per shape and size",
          () -> store.query("FROM capacity_points", new Ignore()));
      for (String table : List.of("trials", "curve_points")) {
        for (ExportFormat format : ExportFormat.values()) {
          String name = table + "." + format.name().toLowerCase(Locale.ROOT);
          time("export " + name, () -> store.exportTable(table, format, folder.resolve(name)));
        }
      }
    }
  }

  private static void count(StoreReader store, TrialFilter filter) {
    int[] rows = {0};
    store.list(filter, row -> rows[0]++);
    System.out.printf(Locale.ROOT, "  %,d rows%n", rows[0]);
  }

  private static final class Ignore implements QueryRows {
    @Override
    public void columns(List<Column> columns) {}

    @Override
    public void row(List<QueryValue> values) {}
  }

  private static void time(String what, Runnable work) {
    long start = System.nanoTime();
    work.run();
    show(what, (System.nanoTime() - start) / 1e6);
  }

  private static void show(String what, double milliseconds) {
    System.out.printf(Locale.ROOT, "%-50s %,10.1f ms%n", what, milliseconds);
  }

  private static TrialSpecification specification(int number) {
    return new TrialSpecification(
        GptConfig.of(1 + number / 4 % 2, WIDTHS[number % 4], 2048, 64),
        1000 + number / 8 % 50 * 20,
        new TrainingPlan(
            10_000,
            64,
            new LearningRateSchedule(0.01, 0.02, 0.5, LearningRateSchedule.Decay.LINEAR),
            new AdamW(0.9, 0.99, 1e-8, 0),
            Initialization.GPT2,
            5),
        number / 400);
  }

  private static String identity(TrialSpecification trial) {
    return TrialIdentity.of(trial, ENGINE);
  }

  private static final EngineIdentity ENGINE = new EngineIdentity("made up", 1, 512, "fp32");

  private static TrialOutcome outcome(int number, int scores) {
    TrialSpecification trial = specification(number);
    double net = 1e5 + 1e3 * Math.sin(number);
    Memorization figures =
        new Memorization(new Bits(1e6), new Bits(net), new Bits(net + 1), new Bits(net / 1000));
    List<CurvePoint> curve =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> new CurvePoint(2000L * i, new Bits(net * i / 5)))
            .toList();
    TrialResult.Finished finished =
        new TrialResult.Finished(
            trial,
            identity(trial),
            new Provenance(
                ENGINE,
                Integer.toHexString(number * 0x9E3779B1).repeat(8),
                "0.1.0",
                "OpenJDK 64-Bit Server VM 25.0.1+8-LTS",
                "Linux 6.12 amd64",
                "some processor with a long name, 2 processors",
                20 + Math.cos(number),
                OptionalDouble.of(19 + Math.cos(number)),
                40_960_000),
            figures,
            figures,
            figures,
            new Bits(9e5),
            curve);
    return new TrialOutcome(
        finished,
        scores == 0
            ? Optional.empty()
            : Optional.of(
                new SampleScores(lengths(number, scores / 2), lengths(-number, scores / 2))));
  }

  private static CodeLengths lengths(int number, int count) {
    return CodeLengths.ofBits(
        IntStream.range(0, count).mapToDouble(i -> 704 + Math.sin(number + i * 0.7)).toArray());
  }
}
