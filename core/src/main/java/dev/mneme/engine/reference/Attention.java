package dev.mneme.engine.reference;

import dev.mneme.model.GptConfig;

/// Causal multi-head scaled dot-product attention (Vaswani et al., arXiv 1706.03762). For each head,
/// position t looks at positions `s <= t`:
///
///     score(t, s) = q_t · k_s / √D
///     p(t, ·)     = softmax of score(t, 0 .. t)
///     y_t         = Σ_s p(t, s) v_s
///
/// Queries, keys and values come in one row `[q | k | v]` of 3C entries, heads side by side in each.
final class Attention {
  private final int heads; // H
  private final int headWidth; // D
  private final int width; // C
  private final double scale; // 1 / √D
  private final Arithmetic arithmetic;

  Attention(GptConfig config, Arithmetic arithmetic) {
    this.arithmetic = arithmetic;
    this.heads = config.heads();
    this.headWidth = config.headWidth();
    this.width = config.width();
    this.scale = 1 / StrictMath.sqrt(headWidth);
  }

  /// Takes qkv `[T][3C]`, returns p `[H][T][T]`, 0 where s > t.
  double[] probabilities(double[] qkv) {
    int positions = qkv.length / (3 * width); // T
    double[] p = new double[heads * positions * positions]; // [H][T][T]
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < positions; t++) {
        int row = (h * positions + t) * positions;
        int q = t * 3 * width + h * headWidth;
        for (int s = 0; s <= t; s++) {
          int k = s * 3 * width + width + h * headWidth;
          double dot = 0;
          for (int j = 0; j < headWidth; j++) {
            dot += qkv[q + j] * qkv[k + j];
          }
          p[row + s] = dot * scale;
        }
        Softmax.inPlace(p, row, t + 1);
      }
    }
    return p;
  }

  /// Takes qkv `[T][3C]` and p `[H][T][T]`, returns y `[T][C]`.
  double[] forward(double[] qkv, double[] p) {
    int positions = qkv.length / (3 * width); // T
    double[] y = new double[positions * width]; // [T][C]
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < positions; t++) {
        for (int s = 0; s <= t; s++) {
          double weight = p[(h * positions + t) * positions + s];
          int v = s * 3 * width + 2 * width + h * headWidth;
          for (int j = 0; j < headWidth; j++) {
            y[t * width + h * headWidth + j] += weight * qkv[v + j];
          }
        }
      }
    }
    return y;
  }

  /// Takes qkv `[T][3C]`, p `[H][T][T]` and dy `[T][C]`, returns dqkv `[T][3C]`:
  ///
  ///     dv_s        = Σ_t p(t, s) dy_t
  ///     dp(t, s)    = dy_t · v_s
  ///     dscore(t,s) = p(t, s) (dp(t, s) − Σ_r p(t, r) dp(t, r))
  ///     dq_t        = Σ_s dscore(t, s) k_s / √D,  dk_s = Σ_t dscore(t, s) q_t / √D
  double[] backward(double[] qkv, double[] p, double[] dy) {
    int positions = qkv.length / (3 * width); // T
    double[] dqkv = new double[qkv.length]; // [T][3C]
    double[] dp = new double[positions]; // [T], one row t at a time
    for (int h = 0; h < heads; h++) {
      for (int t = 0; t < positions; t++) {
        int row = (h * positions + t) * positions;
        int output = t * width + h * headWidth;
        double mean = 0; // Σ_r p(t, r) dp(t, r)
        for (int s = 0; s <= t; s++) {
          int v = s * 3 * width + 2 * width + h * headWidth;
          double dot = 0;
          for (int j = 0; j < headWidth; j++) {
            dot += dy[output + j] * qkv[v + j];
            dqkv[v + j] += p[row + s] * dy[output + j];
          }
          dp[s] = dot;
          mean += p[row + s] * dot;
        }
        int q = t * 3 * width + h * headWidth;
        for (int s = 0; s <= t; s++) {
          int k = s * 3 * width + width + h * headWidth;
          double dscore = arithmetic.operand(p[row + s] * (dp[s] - mean) * scale);
          for (int j = 0; j < headWidth; j++) {
            dqkv[q + j] += dscore * qkv[k + j];
            dqkv[k + j] += dscore * qkv[q + j];
          }
        }
      }
    }
    return dqkv;
  }
}
