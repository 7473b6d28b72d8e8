package dev.mneme.store;

import dev.mneme.attack.Attack;
import dev.mneme.attack.MembershipScores;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.Provenance;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TextScores;
import dev.mneme.experiment.TokenBits;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Outcomes made up for tests of storage, without training. Every figure differs from every other
/// one, so that a column in the wrong place shows.
final class MadeUpTrials {
  private MadeUpTrials() {}

  /// Makes a store of trials 0 to `count - 1`, with their scores.
  static void fill(Path file, int count) {
    try (TrialStore store = TrialStore.open(file, "test")) {
      for (int i = 0; i < count; i++) {
        store.keep(withScores(i));
      }
    }
  }

  static TrialSpecification specification(int number) {
    return new TrialSpecification(
        new GptConfig(1 + number % 3, 16 * (1 + number % 2), 2, 97, 7, number % 2 == 0),
        10 + number,
        new TrainingPlan(
            1000L + number,
            8,
            new LearningRateSchedule(
                0.01 / (1 + number), 0.05, 0.3, LearningRateSchedule.Decay.COSINE),
            new AdamW(0.9, 0.99, 1e-8, 0.125),
            new Initialization(0.05, 0.02),
            3),
        number % 5 - 2);
  }

  static String id(int number) {
    return String.format(java.util.Locale.ROOT, "%08x-trial", number * 0x9E3779B1);
  }

  static Provenance provenance(int number) {
    return new Provenance(
        new EngineIdentity("made up", 3, 256, "fp32"),
        "hash-" + number,
        "0.1",
        "java 25",
        "some system",
        "some processor",
        1.5 + number,
        number % 3 == 2 ? OptionalDouble.empty() : OptionalDouble.of(1.25 + number),
        123_456L + number);
  }

  static TrialResult.Finished finished(int number) {
    return finished(id(number), number);
  }

  static TrialResult.Finished finished(String id, int number) {
    double odd = number + 1.0 / 3;
    return new TrialResult.Finished(
        specification(number),
        id,
        provenance(number),
        new Memorization(
            new Bits(1000 + odd), new Bits(100 + odd), new Bits(200 + odd), new Bits(odd)),
        new Memorization(
            new Bits(1000 + odd), new Bits(-100 - odd), new Bits(20 + odd), new Bits(2 * odd)),
        new Memorization(
            new Bits(1000 + odd), new Bits(-10 - odd), new Bits(2 + odd), new Bits(3 * odd)),
        new Bits(900 + odd),
        curve(number));
  }

  /// Trials that differ in nothing but seed and figures.
  static TrialResult.Finished seed(long seed, double net) {
    TrialResult.Finished one = finished(1);
    TrialSpecification trial = one.specification();
    Memorization training =
        new Memorization(new Bits(1000), new Bits(net), new Bits(net), new Bits(1));
    return new TrialResult.Finished(
        new TrialSpecification(trial.model(), trial.sequences(), trial.plan(), seed),
        "seed-" + seed,
        one.provenance(),
        training,
        one.fresh(),
        one.untrained(),
        one.ceiling(),
        one.curve());
  }

  /// As many points as the number says, up to 9.
  private static List<CurvePoint> curve(int number) {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i <= number % 10; i++) {
      points.add(new CurvePoint(10L * (i + 1), new Bits(number * 0.1 + i)));
    }
    return points;
  }

  static SampleScores scores(int number) {
    return scores(number, 10 + number);
  }

  /// @param count of the training set; fresh data have 5 fewer, but at least 1
  static SampleScores scores(int number, int count) {
    return new SampleScores(lengths(number, count), lengths(-number, Math.max(1, count - 5)));
  }

  private static CodeLengths lengths(int number, int count) {
    return CodeLengths.ofBits(
        IntStream.range(0, count).mapToDouble(i -> Math.sqrt(i + 1) * (number + 0.1)).toArray());
  }

  /// A trial on text with all that is kept of one.
  static TrialOutcome onText(int number) {
    TrialResult.Finished one = finished(number);
    TrialSpecification trial = one.specification();
    DataSource source =
        new DataSource.TextSource("a ¶ corpus", "bytes", "hash", 5, 2, 4, List.of(2, 3));
    double[] tokens = IntStream.range(0, 3 * 7).mapToDouble(i -> Math.cbrt(i + number)).toArray();
    TextScores scores =
        new TextScores(
            List.of(
                MembershipScores.of(
                    Attack.ZLIB, new double[] {-1.0 / number, 0.5}, new double[] {-3, -2, 1e-9}),
                MembershipScores.of(
                    Attack.MIN_K_PLUS_PLUS, new double[] {2, number}, new double[] {7})),
            List.of(
                new TextScores.Completions(2, List.of(5, 0, number), List.of(1)),
                new TextScores.Completions(3, List.of(0), List.of(4, 2))),
            TokenBits.of(7, tokens));
    return new TrialOutcome(
        new TrialResult.Finished(
            new TrialSpecification(
                trial.model(), trial.sequences(), trial.plan(), trial.seed(), source),
            "text-" + one.id(),
            one.provenance(),
            one.training(),
            one.fresh(),
            one.untrained(),
            one.ceiling(),
            List.of(
                new CurvePoint(3, new Bits(1), Optional.of(new Bits(-2.0 / 3))),
                new CurvePoint(9, new Bits(4), Optional.of(new Bits(number))))),
        Optional.of(
            new SampleScores(lengths(number, 10), lengths(-number, 7), Optional.of(scores))));
  }

  static TrialOutcome withScores(int number) {
    return new TrialOutcome(finished(number), Optional.of(scores(number)));
  }

  static TrialResult diverged(int number) {
    return new TrialResult.Diverged(
        specification(number), id(number), provenance(number), 17, "a gradient is not finite");
  }

  static TrialResult failed(int number) {
    return new TrialResult.Failed(
        specification(number), id(number), provenance(number), "out of memory");
  }
}
