package dev.mneme.engine.reference;

import dev.mneme.model.ParameterLayout;

/// The input of the first block: the row of the symbol before position t plus the row of the
/// position, `x_t = symbol_t + wpe[t]` with `symbol_0 = bos` and `symbol_t = wte[token_{t−1}]`.
final class Embedding {
  private final int width; // C
  private final int tokenRows; // offset of wte [V][C]
  private final int positionRows; // offset of wpe [context length][C]
  private final int bos; // offset of bos [C]

  Embedding(ParameterLayout layout) {
    this.width = layout.config().width();
    this.tokenRows = layout.tensor("wte.weight").offset();
    this.positionRows = layout.tensor("wpe.weight").offset();
    this.bos = layout.tensor("bos.weight").offset();
  }

  /// Takes tokens `[T]`, returns x `[T][C]`. The last token is predicted but never an input.
  double[] forward(double[] parameters, int[] tokens) {
    double[] x = new double[tokens.length * width]; // [T][C]
    for (int t = 0; t < tokens.length; t++) {
      int symbol = symbolRow(tokens, t);
      for (int c = 0; c < width; c++) {
        x[t * width + c] = parameters[symbol + c] + parameters[positionRows + t * width + c];
      }
    }
    return x;
  }

  /// Takes tokens `[T]` and dx `[T][C]`; adds dx to the rows that made x.
  void backward(double[] gradient, int[] tokens, double[] dx) {
    for (int t = 0; t < tokens.length; t++) {
      int symbol = symbolRow(tokens, t);
      for (int c = 0; c < width; c++) {
        gradient[symbol + c] += dx[t * width + c];
        gradient[positionRows + t * width + c] += dx[t * width + c];
      }
    }
  }

  private int symbolRow(int[] tokens, int t) {
    return t == 0 ? bos : tokenRows + tokens[t - 1] * width;
  }
}
