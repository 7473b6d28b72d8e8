package dev.mneme.benchmarks;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A store with many trials: how long it takes to keep one, and to list, find, filter and export
/// them. Not a JMH benchmark, since every step changes what the next one meets. Trials are made up,
/// without training.
///
/// Arguments: an empty folder, the number of trials, and how many scores of single sequences each
/// has, training and fresh together.
public final class StoreBenchmark {
  private static final int[] WIDTHS = {32, 64, 96, 128};

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int trials = Integer.parseInt(arguments[1]);
    int scores = Integer.parseInt(arguments[2]);
    Path file = folder.resolve("trials.duckdb");
    fill(file, trials, scores);
    System.out.printf(Locale.ROOT, "%-42s %,10d kB%n", "size of the store", kilobytes(file));
    read(file, folder, trials);
  }

  private static void fill(Path file, int trials, int scores) {
    double[] milliseconds = new double[trials];
    List<String> ids = new ArrayList<>();
    long start = System.nanoTime();
    try (TrialStore store = TrialStore.open(file, "benchmark")) {
      for (int i = 0; i < trials; i++) {
        TrialOutcome outcome = outcome(i, scores);
        ids.add(outcome.result().id());
        long begun = System.nanoTime();
        store.keep(outcome);
        milliseconds[i] = (System.nanoTime() - begun) / 1e6;
      }
      show("keep all, with making them up", (System.nanoTime() - start) / 1e6);
      Arrays.sort(milliseconds);
      show("keep one trial, median", milliseconds[trials / 2]);
      show("keep one trial, 99th of 100", milliseconds[trials * 99 / 100]);
      show("keep one trial, slowest", milliseconds[trials - 1]);
      time(
          "register an experiment with all of them",
          () -> store.register(new ExperimentRecord("all", "grid", "", "made up"), ids));
      time("find 1000 trials", () -> store.find(ids.subList(0, Math.min(1000, trials))));
      time("find all trials", () -> store.find(ids));
      time("find one trial", () -> store.find(List.of(ids.getLast())));
      start = System.nanoTime();
    }
    show("fold the log and close", (System.nanoTime() - start) / 1e6);
  }

  private static void read(Path file, Path folder, int trials) {
    long start = System.nanoTime();
    try (StoreReader store = TrialStore.openExisting(file, "benchmark")) {
      show("open for reading", (System.nanoTime() - start) / 1e6);
      time("list all", () -> count(store, TrialFilter.ALL, trials));
      time(
          "list the 20 with most bits per parameter",
          () ->
              count(
                  store,
                  TrialFilter.ALL.sortedBy(TrialOrder.BITS_PER_PARAMETER, true).limitedTo(20),
                  20));
      time(
          "list one shape's finished ones of experiment",
          () ->
              count(
                  store,
                  TrialFilter.ALL
                      .withModel(1, 32)
                      .withExperiment("all")
                      .withStatuses(Set.of(TrialStatus.FINISHED)),
                  trials / 8));
      String id = identity(specification(trials / 2));
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

  private static void count(StoreReader store, TrialFilter filter, int expected) {
    int[] rows = {0};
    store.list(filter, row -> rows[0]++);
    if (rows[0] != expected) {
      throw new IllegalStateException(rows[0] + " trials were listed, not " + expected);
    }
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
    System.out.printf(Locale.ROOT, "%-44s %,10.1f ms%n", what, milliseconds);
  }

  private static long kilobytes(Path file) throws IOException {
    return Files.size(file) / 1000;
  }

  private static TrialSpecification specification(int number) {
    return new TrialSpecification(
        GptConfig.of(1 + number / 4 % 2, WIDTHS[number % 4], 2048, 64),
        1000 + number / 8 % 50 * 20,
        new TrainingPlan(
            10_000,
            64,
            new LearningRateSchedule(0.01, 0.02, 0.5, LearningRateSchedule.Decay.LINEAR),
            0.9,
            0.99,
            1e-8,
            0,
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
