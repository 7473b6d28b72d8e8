package dev.mneme.engine.reference;

import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Tensor;

/// The step that [Muon] defines, with plain loops.
final class MuonUpdate {
  private MuonUpdate() {}

  /// Updates parameters and moments in place; the momentum of matrices lies in the first moment.
  static void apply(
      OptimizerStep step,
      Muon settings,
      ParameterLayout layout,
      double[] gradient,
      ModelState state) {
    for (Tensor tensor : layout.tensors()) {
      if (Muon.isMatrix(tensor)) {
        updateMatrix(step, settings, tensor, gradient, state);
      } else {
        AdamWUpdate.apply(
            settings.adamWStep(step, tensor),
            gradient,
            state,
            tensor.offset(),
            tensor.offset() + tensor.size());
      }
    }
  }

  private static void updateMatrix(
      OptimizerStep step, Muon settings, Tensor tensor, double[] gradient, ModelState state) {
    double[][] direction = new double[tensor.rows()][tensor.columns()];
    for (int row = 0; row < tensor.rows(); row++) {
      for (int column = 0; column < tensor.columns(); column++) {
        int i = tensor.offset() + row * tensor.columns() + column;
        double m = settings.momentum() * state.firstMoment()[i] + gradient[i];
        state.firstMoment()[i] = m;
        direction[row][column] = gradient[i] + settings.momentum() * m;
      }
    }
    double[][] orthogonal = orthogonal(direction);
    double factor = settings.factor(tensor);
    double decay = settings.adamW().weightDecay();
    for (int row = 0; row < tensor.rows(); row++) {
      for (int column = 0; column < tensor.columns(); column++) {
        int i = tensor.offset() + row * tensor.columns() + column;
        double w = state.parameters()[i];
        state.parameters()[i] =
            w - step.learningRate() * (factor * orthogonal[row][column] + decay * w);
      }
    }
  }

  /// `d / ‖d‖` after the rounds that [Muon] describes; zeros for zeros.
  static double[][] orthogonal(double[][] d) {
    double square = 0;
    for (double[] row : d) {
      for (double value : row) {
        square += value * value;
      }
    }
    double norm = StrictMath.sqrt(square);
    boolean tall = d.length >= d[0].length;
    double[][] x = tall ? scaled(d, norm) : transposed(scaled(d, norm));
    for (int round = 0; round < Muon.ITERATIONS; round++) {
      double[][] gram = product(transposed(x), x);
      double[][] polynomial = product(gram, gram);
      for (int i = 0; i < gram.length; i++) {
        for (int j = 0; j < gram.length; j++) {
          polynomial[i][j] =
              (i == j ? Muon.LINEAR : 0)
                  + Muon.CUBIC * gram[i][j]
                  + Muon.QUINTIC * polynomial[i][j];
        }
      }
      x = product(x, polynomial);
    }
    return tall ? x : transposed(x);
  }

  private static double[][] scaled(double[][] a, double norm) {
    double[][] out = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        out[i][j] = norm > 0 ? a[i][j] / norm : 0;
      }
    }
    return out;
  }

  private static double[][] transposed(double[][] a) {
    double[][] out = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        out[j][i] = a[i][j];
      }
    }
    return out;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] out = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      double[] row = out[i];
      for (int k = 0; k < b.length; k++) {
        double factor = a[i][k];
        double[] other = b[k];
        for (int j = 0; j < row.length; j++) {
          row[j] += factor * other[j];
        }
      }
    }
    return out;
  }
}
