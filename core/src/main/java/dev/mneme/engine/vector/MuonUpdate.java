package dev.mneme.engine.vector;

import dev.mneme.engine.Muon;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.vector.PanelLayout.Segment;
import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.ParameterLayout.Tensor;

/// The step that [Muon] defines, on panels. Padding is zero in gradient and momentum and stays so:
/// rows and columns of zeros are orthogonal to all others already.
final class MuonUpdate {
  private static final float[] NO_BIAS = new float[0];

  private final PanelLayout layout;
  private final VectorWidth width;
  private final Gemm gemm;

  // as large as the largest matrix
  private float[] direction = new float[0];
  private float[] transpose = new float[0];
  private float[] next = new float[0];

  MuonUpdate(VectorWidth width, PanelLayout layout) {
    this.width = width;
    this.layout = layout;
    this.gemm = width.gemm();
  }

  /// Updates parameters and moments; the momentum of matrices lies in the first moment.
  ///
  /// @return whether every gradient entry was finite
  boolean apply(
      OptimizerStep step, Muon settings, float[] w, float[] gradient, float[] m, float[] v) {
    boolean finite = true;
    for (Segment segment : layout.segments()) {
      boolean ofSegment =
          Muon.isMatrix(segment.tensor())
              ? updateMatrix(step, settings, segment, w, gradient, m)
              : width
                  .rows()
                  .adamW(
                      segment.offset(),
                      segment.size(),
                      settings.adamWStep(step, segment.tensor()),
                      w,
                      gradient,
                      m,
                      v);
      finite &= ofSegment;
    }
    return finite;
  }

  private boolean updateMatrix(
      OptimizerStep step, Muon settings, Segment segment, float[] w, float[] gradient, float[] m) {
    ensureCapacity(segment.size());
    float momentum = (float) settings.momentum();
    double square = 0;
    for (int i = 0; i < segment.size(); i++) {
      float g = gradient[segment.offset() + i];
      float first = momentum * m[segment.offset() + i] + g;
      m[segment.offset() + i] = first;
      float d = g + momentum * first;
      direction[i] = d;
      square += (double) d * d;
    }
    if (!(square < Double.POSITIVE_INFINITY)) {
      return false;
    }
    float inverse = square > 0 ? (float) (1 / StrictMath.sqrt(square)) : 0;
    for (int i = 0; i < segment.size(); i++) {
      direction[i] *= inverse;
    }
    orthogonalize(segment);
    float factor = (float) (step.learningRate() * settings.factor(segment.tensor()));
    float keep = (float) (1 - step.learningRate() * settings.adamW().weightDecay());
    for (int i = 0; i < segment.size(); i++) {
      int at = segment.offset() + i;
      w[at] = keep * w[at] - factor * direction[i];
    }
    return true;
  }

  private void ensureCapacity(int size) {
    if (direction.length < size) {
      direction = new float[size];
      transpose = new float[size];
      next = new float[size];
    }
  }

  /// Replaces the direction, which has a norm of 1 or 0; works on its transpose where that is the
  /// taller one, so that the square matrices are small.
  private void orthogonalize(Segment segment) {
    int rows = segment.rows();
    int columns = segment.panels() * segment.panelWidth();
    Tensor tensor = segment.tensor();
    if (tensor.rows() >= tensor.columns()) {
      iterate(direction, rows, columns);
    } else {
      Operand wide = panels(direction, rows);
      gemm.transpose(rows, columns, wide, panels(transpose, columns));
      System.arraycopy(transpose, 0, direction, 0, rows * columns);
      iterate(direction, columns, rows);
      gemm.transpose(columns, rows, panels(direction, columns), panels(transpose, rows));
      System.arraycopy(transpose, 0, direction, 0, rows * columns);
    }
  }

  /// Two rounds at a time, there and back, since a product cannot be written over its operand.
  ///
  /// @param x panels of a tall matrix, overwritten
  /// @param columns a multiple of the panel width
  private void iterate(float[] x, int rows, int columns) {
    Operand one = panels(x, rows);
    Operand other = panels(next, rows);
    Operand gram = layout.matrix(columns, columns);
    Operand polynomial = layout.matrix(columns, columns);
    for (int round = 0; round < Muon.ITERATIONS; round += 2) {
      round(one, other, rows, columns, gram, polynomial);
      round(other, one, rows, columns, gram, polynomial);
    }
  }

  private void round(
      Operand from, Operand to, int rows, int columns, Operand gram, Operand polynomial) {
    int panels = layout.panels(columns);
    gemm.multiplyTransposed(columns, panels, rows, from, from, gram, false);
    gemm.multiply(columns, panels, columns, gram, gram, polynomial, Start.ZERO, NO_BIAS, 0);
    evaluate(gram.data(), polynomial.data(), columns);
    gemm.multiply(rows, panels, columns, from, polynomial, to, Start.ZERO, NO_BIAS, 0);
  }

  /// `a I + b G + c G²`, in place of G².
  private void evaluate(float[] gram, float[] polynomial, int columns) {
    int panelWidth = width.panelWidth();
    for (int i = 0; i < columns * columns; i++) {
      polynomial[i] = (float) Muon.CUBIC * gram[i] + (float) Muon.QUINTIC * polynomial[i];
    }
    for (int i = 0; i < columns; i++) {
      polynomial[i / panelWidth * columns * panelWidth + i * panelWidth + i % panelWidth] +=
          (float) Muon.LINEAR;
    }
  }

  private Operand panels(float[] data, int rows) {
    return new Operand(data, 0, rows * width.panelWidth());
  }
}
