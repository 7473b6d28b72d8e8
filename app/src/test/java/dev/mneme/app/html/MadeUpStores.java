package dev.mneme.app.html;

import dev.mneme.experiment.Cost;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialCost;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Stores of trials on random tokens made up from a formula: everything is memorized until a model
/// is full.
final class MadeUpStores {
  private static final int VOCABULARY = 64;
  private static final int LENGTH = 16;

  private MadeUpStores() {}

  /// @param name of the store
  /// @param widths of models with one layer
  /// @param seeds how many
  static StoreContents of(String name, List<Integer> widths, int seeds) {
    List<MeasuredTrial> trials = new ArrayList<>();
    double entropy = 6.0 * LENGTH;
    for (int width : widths) {
      GptConfig model = GptConfig.of(1, width, VOCABULARY, LENGTH);
      double capacity = 2.5 * model.parameterCount().total();
      for (double share : new double[] {0.1, 0.3, 0.7, 1, 1.5, 3, 6}) {
        int sequences = Math.max(1, (int) (share * capacity / entropy));
        double kept = Math.min(0.95 * sequences * entropy, capacity) * (share > 2 ? 0.9 : 1);
        for (int seed = 1; seed <= seeds; seed++) {
          trials.add(
              new MeasuredTrial(
                  model,
                  "fp32",
                  "made up",
                  1000,
                  sequences,
                  seed,
                  new Bits(kept * (1 + 0.01 * seed)),
                  new Bits(0.99 * sequences * entropy)));
        }
      }
    }
    return new StoreContents(
        name,
        trials,
        MadeUpStores::curve,
        MadeUpStores::cost,
        MadeUpStores::scores,
        0,
        0,
        2,
        new TreeMap<>(Map.of("failed: " + name, 2L)));
  }

  /// 32 sequences a step, a microsecond a token.
  static Cost cost(MeasuredTrial trial) {
    long tokens = trial.steps() * 32 * LENGTH;
    return new Cost(
        1,
        tokens,
        TrialCost.trainingOperations(trial.model(), tokens),
        OptionalDouble.of(1e-6 * tokens));
  }

  private static List<CurvePoint> curve(MeasuredTrial trial) {
    return IntStream.rangeClosed(1, 20)
        .mapToObj(i -> new CurvePoint(50L * i, trial.net().times(1 - Math.exp(-i / 5.0))))
        .toList();
  }

  /// Every training sequence is kept alike, up to a few bits; fresh ones cost a few bits more than
  /// the uniform code.
  private static Optional<SampleScores> scores(MeasuredTrial trial) {
    double saved = trial.net().value() / trial.sequences();
    return Optional.of(
        new SampleScores(
            CodeLengths.ofBits(
                IntStream.range(0, trial.sequences())
                    .mapToDouble(i -> 6.0 * LENGTH - saved + i % 3)
                    .toArray()),
            CodeLengths.ofBits(
                IntStream.range(0, trial.sequences())
                    .mapToDouble(i -> 6.0 * LENGTH + 5 + i % 4)
                    .toArray())));
  }
}
