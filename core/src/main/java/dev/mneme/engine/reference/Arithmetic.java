package dev.mneme.engine.reference;

import dev.mneme.engine.Precision;
import dev.mneme.engine.TernaryWeights;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Tensor;
import dev.mneme.model.quantization.Bfloat16;

/// What a [Precision] changes, and where: in the operands of matrix products and in the weights.
/// All else is in double precision.
record Arithmetic(Precision precision) {
  /// Operands of a matrix product as it takes them; rounded by way of single precision.
  double[] operands(double[] values) {
    if (!precision.roundsOperands()) {
      return values;
    }
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = operand(values[i]);
    }
    return rounded;
  }

  /// One operand.
  double operand(double value) {
    return precision.roundsOperands() ? Bfloat16.round((float) value) : value;
  }

  /// The weights that compute, made from those that the optimizer keeps.
  double[] weights(ParameterLayout layout, double[] kept) {
    return switch (precision) {
      case FP64, FP32, BF16_PURE -> kept;
      case BF16 -> operands(kept);
      case TERNARY -> ternary(layout, kept);
    };
  }

  private static double[] ternary(ParameterLayout layout, double[] kept) {
    double[] weights = kept.clone();
    for (Tensor tensor : layout.tensors()) {
      if (TernaryWeights.applyTo(tensor)) {
        double magnitudes = 0;
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          magnitudes += Math.abs(kept[i]);
        }
        TernaryWeights matrix = TernaryWeights.of(magnitudes, tensor.size());
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          weights[i] = matrix.round((float) kept[i]);
        }
      }
    }
    return weights;
  }
}
