package dev.mneme.experiment;

import dev.mneme.engine.Engine;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.model.quantization.Rounding;
import dev.mneme.model.quantization.Rounding.Rounded;
import dev.mneme.model.quantization.WeightFormat;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;

/// How much of what a model remembers survives when its weights are rounded.
///
/// @param points one for each format, in the order asked for
public record QuantizationCurve(List<Point> points) {
  public QuantizationCurve {
    points = List.copyOf(points);
  }

  /// A rounded model.
  ///
  /// @param format how its weights are stored
  /// @param stored bits that all counted parameters take, scales included
  /// @param score what it remembers of the training set
  public record Point(WeightFormat format, Bits stored, RandomTokenScore score) {}

  /// Rounds a model to each format and scores it on the training set of its trial.
  ///
  /// @param sequences the trial's data set size, at least 1
  /// @param seed the trial's seed
  /// @throws dev.mneme.engine.NonFiniteException where a logit is not finite
  public static QuantizationCurve measure(
      Engine engine, ModelWeights model, int sequences, long seed, List<WeightFormat> formats) {
    List<Point> points = new ArrayList<>();
    for (WeightFormat format : formats) {
      Rounded rounded = Rounding.round(model, format);
      RandomTokenScore score = RandomTokenScore.of(engine, rounded.weights(), sequences, seed);
      points.add(new Point(format, rounded.stored(), score));
    }
    return new QuantizationCurve(points);
  }
}
