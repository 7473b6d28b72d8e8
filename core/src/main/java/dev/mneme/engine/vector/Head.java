package dev.mneme.engine.vector;

import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.vector.PanelLayout.Segment;
import dev.mneme.engine.vector.kernel.ExponentialKernels;
import dev.mneme.engine.vector.kernel.Gemm;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.Gemm.Start;
import dev.mneme.engine.vector.kernel.RowKernels;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.Arrays;

/// The head: logits, cross-entropy and its gradient, for a block of rows at a time so that the
/// logits stay in the second-level cache.
///
/// With `e = exp(z − max)` and `Z = Σ e`, the gradient of the code length with respect to the
/// logits is `(e − Z·onehot) / Z`. The division is left to the rows of x and dx, which are far
/// fewer.
final class Head {
  /// Logits of one block, at most: half a megabyte.
  private static final int BLOCK_ENTRIES = 1 << 17;

  private final Gemm gemm;
  private final RowKernels rowKernels;
  private final ExponentialKernels softmax;
  private final OperandRounding rounding;
  private final int vocabularySize;
  private final int width;
  private final int panels;
  private final int vocabularyPanels;
  private final int panelWidth;
  private final int lanes;
  private final int blockRows;
  private final Operand embedding;
  private final Operand embeddingGradient;
  private final Operand transposed;
  private final Operand logits;
  private final Operand scaled;
  private final float[] maxima;
  private final float[] maximum;
  private final float[] sums;
  private final float[] factors;
  private final float[] targetLogit;
  private final double[] wideSums;
  private final double[] wide;
  private final double[] partial;

  Head(
      VectorWidth vectorWidth,
      PanelLayout layout,
      GptConfig config,
      OperandRounding rounding,
      float[] parameters,
      float[] gradient) {
    this.gemm = vectorWidth.gemm();
    this.rowKernels = vectorWidth.rows();
    this.softmax = vectorWidth.exponentials();
    this.rounding = rounding;
    this.vocabularySize = config.vocabularySize();
    this.width = config.width();
    this.panels = layout.panels(width);
    this.vocabularyPanels = layout.panels(vocabularySize);
    this.panelWidth = vectorWidth.panelWidth();
    this.lanes = vectorWidth.lanes();
    Segment segment = layout.segment(config.tiedHead() ? "wte.weight" : "lm_head.weight");
    this.embedding = segment.in(parameters);
    this.embeddingGradient = segment.in(gradient);
    int widthRows = panels * panelWidth;
    this.transposed =
        new Operand(
            new float[vocabularyPanels * widthRows * panelWidth], 0, widthRows * panelWidth);
    this.blockRows =
        Math.min(128, Math.max(8, BLOCK_ENTRIES / (vocabularyPanels * panelWidth) / 8 * 8));
    this.logits =
        new Operand(
            new float[vocabularyPanels * blockRows * panelWidth], 0, blockRows * panelWidth);
    this.scaled =
        new Operand(new float[panels * blockRows * panelWidth], 0, blockRows * panelWidth);
    this.maxima = new float[blockRows * lanes];
    this.maximum = new float[blockRows];
    this.sums = new float[blockRows];
    this.factors = new float[blockRows];
    this.targetLogit = new float[blockRows];
    this.wideSums = new double[blockRows];
    this.wide = new double[blockRows * panelWidth];
    this.partial = new double[blockRows * lanes / 2];
  }

  /// Renews the transpose after the weights have changed.
  void weightsChanged() {
    gemm.transpose(vocabularySize, width, embedding, transposed);
  }

  /// Adds to the gradient of the embedding and writes the gradient of x.
  ///
  /// @param targets class of each row; −1 for rows that do not count
  /// @param weight factor of every row's gradient, in nats
  /// @return the sum of all code lengths, in nats
  double train(int rows, Operand x, int[] targets, double weight, Operand dx) {
    rounding.inPlace(x);
    double nats = 0;
    for (int first = 0; first < rows; first += blockRows) {
      int count = Math.min(blockRows, rows - first);
      nats += trainBlock(first, count, rowsFrom(x, first), targets, weight, rowsFrom(dx, first));
    }
    return nats;
  }

  private double trainBlock(
      int first, int count, Operand x, int[] targets, double weight, Operand dx) {
    computeLogits(count, x);
    for (int row = 0; row < count; row++) {
      int target = targets[first + row];
      targetLogit[row] = target < 0 ? 0 : logits.data()[index(row, target)];
    }
    softmax.exponentiate(count, vocabularyPanels, vocabularySize, logits, maximum, sums, maxima);
    double nats = 0;
    for (int row = 0; row < count; row++) {
      int target = targets[first + row];
      if (target < 0) {
        factors[row] = 0;
      } else {
        nats += StrictMath.log(sums[row]) + ((double) maximum[row] - targetLogit[row]);
        logits.data()[index(row, target)] -= sums[row];
        factors[row] = (float) (weight / sums[row]);
      }
    }
    rounding.inPlace(logits);
    gemm.multiply(
        count,
        panels,
        vocabularyPanels * panelWidth,
        logits,
        embedding,
        dx,
        Start.ZERO,
        factors,
        0);
    rowKernels.scaleRows(count, panels, dx, factors, dx);
    rowKernels.scaleRows(count, panels, x, factors, scaled);
    rounding.inPlace(scaled);
    gemm.multiplyTransposed(
        vocabularyPanels * panelWidth, panels, count, logits, scaled, embeddingGradient, true);
    return nats;
  }

  /// Code length of each row, in bits, computed in double precision from the logits.
  ///
  /// @param targets class of each row; −1 for rows that do not count, which get 0
  void codeLengths(int rows, Operand x, int[] targets, double[] bits) {
    rounding.inPlace(x);
    for (int first = 0; first < rows; first += blockRows) {
      int count = Math.min(blockRows, rows - first);
      computeLogits(count, rowsFrom(x, first));
      softmax.sumsOfExponentials(count, vocabularySize, logits, maximum, wideSums, wide, partial);
      for (int row = 0; row < count; row++) {
        int target = targets[first + row];
        if (target < 0) {
          bits[first + row] = 0;
        } else {
          double below = (double) maximum[row] - logits.data()[index(row, target)];
          bits[first + row] = (StrictMath.log(wideSums[row]) + below) * Bits.PER_NAT;
        }
      }
    }
  }

  /// Copies the logits of some rows, row-major, into `out` from `offset` on.
  void logits(int first, int rows, Operand x, double[] out, int offset) {
    rounding.inPlace(x);
    for (int done = 0; done < rows; done += blockRows) {
      int count = Math.min(blockRows, rows - done);
      computeLogits(PanelLayout.roundUp(count, 4), rowsFrom(x, first + done));
      for (int row = 0; row < count; row++) {
        for (int token = 0; token < vocabularySize; token++) {
          out[offset + (done + row) * vocabularySize + token] = logits.data()[index(row, token)];
        }
      }
    }
  }

  /// The token with the largest logit of each row; of several, the first.
  ///
  /// @param rows rounded up to a multiple of 4: x must be readable there
  /// @param tokens receives them
  /// @throws NonFiniteException where a logit is not finite
  void mostLikely(int rows, Operand x, int[] tokens) {
    rounding.inPlace(x);
    for (int first = 0; first < rows; first += blockRows) {
      int count = Math.min(blockRows, rows - first);
      computeLogits(PanelLayout.roundUp(count, 4), rowsFrom(x, first));
      for (int panel = 0; panel < vocabularyPanels; panel++) {
        if (!rowKernels.areFinite(
            count * panelWidth, logits.data(), panel * logits.panelStride())) {
          throw new NonFiniteException("a logit is not finite");
        }
      }
      for (int row = 0; row < count; row++) {
        tokens[first + row] = mostLikely(row);
      }
    }
  }

  /// Looks only at tokens of the lanes that the maximum of a row is known to stand in.
  private int mostLikely(int row) {
    int best = vocabularySize;
    for (int lane = 0; lane < lanes; lane++) {
      if (maxima[row * lanes + lane] == maximum[row]) {
        int token = lane;
        while (token < best && logits.data()[index(row, token)] != maximum[row]) {
          token += lanes;
        }
        best = Math.min(best, token);
      }
    }
    return best;
  }

  private void computeLogits(int count, Operand x) {
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    for (int panel = 0; panel < vocabularyPanels; panel++) {
      int start = panel * logits.panelStride();
      gemm.multiply(
          count,
          1,
          width,
          x,
          new Operand(
              transposed.data(), panel * transposed.panelStride(), transposed.panelStride()),
          new Operand(logits.data(), start, logits.panelStride()),
          Start.ZERO,
          factors,
          0);
      int valid = Math.min(panelWidth, vocabularySize - panel * panelWidth);
      softmax.raiseMaxima(count, logits.data(), start, valid, maxima);
    }
    for (int row = 0; row < count; row++) {
      float highest = Float.NEGATIVE_INFINITY;
      for (int lane = 0; lane < lanes; lane++) {
        highest = Math.max(highest, maxima[row * lanes + lane]);
      }
      maximum[row] = highest;
    }
  }

  private int index(int row, int token) {
    return token / panelWidth * logits.panelStride() + row * panelWidth + token % panelWidth;
  }

  private Operand rowsFrom(Operand matrix, int row) {
    return new Operand(matrix.data(), matrix.offset() + row * panelWidth, matrix.panelStride());
  }
}
