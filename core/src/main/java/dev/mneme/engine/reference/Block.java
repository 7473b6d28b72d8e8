package dev.mneme.engine.reference;

import dev.mneme.model.ParameterLayout;

/// One transformer block with LayerNorm before each part (GPT-2): `r = x +
/// c_proj(attention(c_attn(ln_1(x))))`, `y = r + c_proj(gelu(c_fc(ln_2(r))))`.
final class Block {
  private final LayerNorm norm1;
  private final Linear queryKeyValue;
  private final Attention attention;
  private final Linear attentionProjection;
  private final LayerNorm norm2;
  private final Linear expansion;
  private final Gelu gelu;
  private final Linear contraction;
  private final Arithmetic arithmetic;

  Block(ParameterLayout layout, int layer, Constants constants, Arithmetic arithmetic) {
    String name = "h." + layer + ".";
    this.norm1 = new LayerNorm(layout, name + "ln_1", constants.normEpsilon());
    this.queryKeyValue = new Linear(layout, name + "attn.c_attn");
    this.attention = new Attention(layout.config(), arithmetic);
    this.attentionProjection = new Linear(layout, name + "attn.c_proj");
    this.norm2 = new LayerNorm(layout, name + "ln_2", constants.normEpsilon());
    this.expansion = new Linear(layout, name + "mlp.c_fc");
    this.gelu = new Gelu(constants.geluCubic());
    this.contraction = new Linear(layout, name + "mlp.c_proj");
    this.arithmetic = arithmetic;
  }

  /// What forward computed on the way and backward needs again.
  ///
  /// @param input x `[T][C]`
  /// @param normalized1 ln_1(x) `[T][C]`
  /// @param qkv queries, keys and values `[T][3C]`
  /// @param probabilities of attention `[H][T][T]`
  /// @param attended output of attention before its projection `[T][C]`
  /// @param residual r `[T][C]`
  /// @param normalized2 ln_2(r) `[T][C]`
  /// @param hidden before GELU `[T][F]`
  /// @param activated after GELU `[T][F]`
  /// @param output y `[T][C]`
  @SuppressWarnings("ArrayRecordComponent") // work arrays of one pass, never compared
  record Activations(
      double[] input,
      double[] normalized1,
      double[] qkv,
      double[] probabilities,
      double[] attended,
      double[] residual,
      double[] normalized2,
      double[] hidden,
      double[] activated,
      double[] output) {}

  /// Takes x `[T][C]`.
  Activations forward(double[] parameters, double[] x) {
    double[] normalized1 = arithmetic.operands(norm1.forward(parameters, x));
    double[] qkv = arithmetic.operands(queryKeyValue.forward(parameters, normalized1));
    double[] probabilities = arithmetic.operands(attention.probabilities(qkv));
    double[] attended = arithmetic.operands(attention.forward(qkv, probabilities));
    double[] residual = sum(x, attentionProjection.forward(parameters, attended));
    double[] normalized2 = arithmetic.operands(norm2.forward(parameters, residual));
    double[] hidden = expansion.forward(parameters, normalized2);
    double[] activated = arithmetic.operands(gelu.forward(hidden));
    double[] output = sum(residual, contraction.forward(parameters, activated));
    return new Activations(
        x,
        normalized1,
        qkv,
        probabilities,
        attended,
        residual,
        normalized2,
        hidden,
        activated,
        output);
  }

  /// Takes dy `[T][C]`, adds to the gradient of this block's parameters and returns dx `[T][C]`.
  double[] backward(double[] parameters, double[] gradient, Activations a, double[] dy) {
    double[] dActivated =
        contraction.backward(parameters, gradient, a.activated(), arithmetic.operands(dy));
    double[] dHidden = arithmetic.operands(gelu.backward(a.hidden(), dActivated));
    double[] dNormalized2 = expansion.backward(parameters, gradient, a.normalized2(), dHidden);
    double[] dResidual = sum(dy, norm2.backward(parameters, gradient, a.residual(), dNormalized2));

    double[] dAttended =
        arithmetic.operands(
            attentionProjection.backward(
                parameters, gradient, a.attended(), arithmetic.operands(dResidual)));
    double[] dQkv = arithmetic.operands(attention.backward(a.qkv(), a.probabilities(), dAttended));
    double[] dNormalized1 = queryKeyValue.backward(parameters, gradient, a.normalized1(), dQkv);
    return sum(dResidual, norm1.backward(parameters, gradient, a.input(), dNormalized1));
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }
}
