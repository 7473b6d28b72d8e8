package dev.mneme.engine.vector.kernel;

import dev.mneme.engine.vector.kernel.Gemm.Operand;

/// What needs exponentials: soft-max over rows of panel matrices (of logits over the vocabulary,
/// and of causal attention scores) and GELU. In single precision, exponentials below 2^-64 of a
/// row's largest and gates of GELU below 2^-64 are 0, so that no product with them is denormal.
public interface ExponentialKernels {
  /// Raises running row maxima by one panel of logits.
  ///
  /// @param valid columns of this panel that exist, 1 to the panel width
  /// @param maxima `rows · lanes` running maxima, one vector per row
  void raiseMaxima(int rows, float[] logits, int panelStart, int valid, float[] maxima);

  /// Replaces every logit z of a row by `e^(z − maximum)` and sums each row; columns beyond
  /// `columns` become 0.
  ///
  /// @param maximum of each row
  /// @param sums receives the sum of each row
  /// @param partial scratch, `rows · lanes`
  void exponentiate(
      int rows,
      int panels,
      int columns,
      Operand logits,
      float[] maximum,
      float[] sums,
      float[] partial);

  /// `Σ_c e^(z_c − maximum)` of each row in double precision. The logits stay as they are.
  ///
  /// @param maximum of each row
  /// @param sums receives the sum of each row
  /// @param wide scratch, `rows` times the panel width
  /// @param partial scratch, `rows` times half the lanes
  void sumsOfExponentials(
      int rows,
      int columns,
      Operand logits,
      float[] maximum,
      double[] sums,
      double[] wide,
      double[] partial);

  /// Causal attention weights in place: row i becomes the soft-max of `scale · score` over columns
  /// 0 to i, and 0 up to the end of the panels that the row's block of 8 reaches.
  void causalSoftmax(int rows, float scale, Operand scores);

  /// The attention weights of one row in place, to the bits of [#causalSoftmax]: the first row of
  /// `scores` becomes the soft-max of `scale · score` over the first `columns` columns, and 0 up to
  /// the end of their last panel.
  void softmaxOfRow(int columns, float scale, Operand scores);

  /// Backward of [#causalSoftmax]: `d ← scale · p · (d − Σ p·d)` in place, over the same columns.
  void causalSoftmaxBackward(int rows, float scale, Operand weights, Operand d);

  /// GELU in its tanh form, `x · σ(2·√(2/π)·(x + 0.044715 x³))`.
  void gelu(int length, float[] x, float[] out);

  /// Multiplies `d` by the derivative of GELU at `x`.
  void geluBackward(int length, float[] x, float[] d);
}
