package dev.mneme.model.quantization;

import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.model.ParameterLayout.Tensor;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.unit.Bits;

/// Rounds a trained model, without training it any further.
///
/// Every matrix gets one scale for each output unit: for each row of an embedding, which is a class
/// of the head, too, and for each column of the other matrices, which are stored as `[in][out]`.
/// The scale is the one of [#CANDIDATES] candidates of either sign that has the least squared
/// error, and is itself rounded to bf16. Biases and norms, a percent or two of the parameters, stay
/// in fp32 (bf16 with [WeightFormat#BF16]).
public final class Rounding {
  /// Scales tried for each output unit and sign, evenly from a fortieth of the one that reaches the
  /// largest weight up to it.
  private static final int CANDIDATES = 40;

  private static final int SCALE_BITS = 16;
  private static final int VECTOR_BITS = 32;

  private Rounding() {}

  /// A rounded model and what it takes to store it.
  ///
  /// @param weights what the rounded model computes with; exact in single precision
  /// @param stored bits of all counted parameters with their scales
  public record Rounded(ModelWeights weights, Bits stored) {}

  /// Rounds all weights of a model.
  public static Rounded round(ModelWeights model, WeightFormat format) {
    double[] parameters = model.parameters().clone();
    double stored = 0;
    for (Tensor tensor : ParameterLayout.of(model.config()).tensors()) {
      double bits =
          format.hasLevels() && isRow(tensor)
              ? roundToLevels(tensor, format, parameters)
              : roundEach(tensor, format, parameters);
      stored += tensor.role() == Role.BOS_EMBEDDING ? 0 : bits;
    }
    return new Rounded(new ModelWeights(model.config(), parameters), new Bits(stored));
  }

  /// The BOS row is a row of the embedding that is laid out by itself.
  private static boolean isRow(Tensor tensor) {
    return tensor.columns() > 0 || tensor.role() == Role.BOS_EMBEDDING;
  }

  private static double roundEach(Tensor tensor, WeightFormat format, double[] parameters) {
    for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
      parameters[i] =
          format == WeightFormat.BF16
              ? Bfloat16.round((float) parameters[i])
              : (float) parameters[i];
    }
    double bits = format.hasLevels() ? VECTOR_BITS : format.bits();
    return bits * tensor.size();
  }

  private static double roundToLevels(Tensor tensor, WeightFormat format, double[] parameters) {
    boolean vector = tensor.columns() == 0;
    boolean byRow =
        switch (tensor.role()) {
          case TOKEN_EMBEDDING, POSITION_EMBEDDING, BOS_EMBEDDING, HEAD -> true;
          default -> false;
        };
    int rows = vector ? 1 : tensor.rows();
    int columns = vector ? tensor.rows() : tensor.columns();
    int units = byRow ? rows : columns;
    for (int unit = 0; unit < units; unit++) {
      int first = tensor.offset() + (byRow ? unit * columns : unit);
      roundUnit(parameters, first, byRow ? 1 : columns, byRow ? columns : rows, format);
    }
    return format.bits() * tensor.size() + (double) SCALE_BITS * units;
  }

  /// @param first index of the unit's first weight
  /// @param stride between its weights
  private static void roundUnit(
      double[] weights, int first, int stride, int count, WeightFormat format) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Math.abs(weights[first + i * stride]));
    }
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
      double size = largest * candidate / CANDIDATES / -format.lowest();
      for (double signed : new double[] {size, -size}) {
        double scale = Bfloat16.round((float) signed);
        double error = 0;
        for (int i = 0; i < count; i++) {
          double weight = weights[first + i * stride];
          double lost = weight - level(weight, scale, format) * scale;
          error += lost * lost;
        }
        if (error < least) {
          least = error;
          best = scale;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      int at = first + i * stride;
      weights[at] = level(weights[at], best, format) * best + 0.0; // no negative zeros
    }
  }

  private static double level(double weight, double scale, WeightFormat format) {
    return scale == 0
        ? 0
        : Math.clamp(Math.rint(weight / scale), format.lowest(), format.highest());
  }
}
