package dev.mneme.engine.vector;

import dev.mneme.engine.vector.Activations.Saved;
import dev.mneme.engine.vector.kernel.ExponentialKernels;
import dev.mneme.engine.vector.kernel.Gemm.Operand;
import dev.mneme.engine.vector.kernel.RowKernels;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;

/// One transformer block: `x += attention(norm(x)); x += feedForward(norm(x))`.
final class Block {
  private final OperandRounding rounding;
  private final ExponentialKernels exponentials;
  private final RowKernels rowKernels;
  private final int heads;
  private final LayerNorm attentionNorm;
  private final Linear attentionInput;
  private final Linear attentionOutput;
  private final LayerNorm feedForwardNorm;
  private final Linear feedForwardInput;
  private final Linear feedForwardOutput;

  Block(
      VectorWidth width,
      PanelLayout layout,
      GptConfig config,
      int layer,
      OperandRounding rounding,
      float[] parameters,
      float[] gradient) {
    String name = "h." + layer + ".";
    this.rounding = rounding;
    this.exponentials = width.exponentials();
    this.rowKernels = width.rows();
    this.heads = config.heads();
    this.attentionNorm =
        new LayerNorm(width, layout, name + "ln_1", config.width(), parameters, gradient);
    this.attentionInput = new Linear(width, layout, name + "attn.c_attn", parameters, gradient);
    this.attentionOutput = new Linear(width, layout, name + "attn.c_proj", parameters, gradient);
    this.feedForwardNorm =
        new LayerNorm(width, layout, name + "ln_2", config.width(), parameters, gradient);
    this.feedForwardInput = new Linear(width, layout, name + "mlp.c_fc", parameters, gradient);
    this.feedForwardOutput = new Linear(width, layout, name + "mlp.c_proj", parameters, gradient);
  }

  /// Renews transposes after the weights have changed.
  void weightsChanged() {
    attentionInput.weightsChanged();
    attentionOutput.weightsChanged();
    feedForwardInput.weightsChanged();
    feedForwardOutput.weightsChanged();
  }

  void forward(Activations activations, Saved saved, int sequences) {
    int rows = activations.rows(sequences);
    beforeAttention(rows, activations.residual(), saved);
    Attention attention = activations.attention();
    for (int sequence = 0; sequence < sequences; sequence++) {
      for (int head = 0; head < heads; head++) {
        attention.forward(
            head,
            activations.rows(sequence),
            saved.qkv(),
            attention.weights(saved.weights(), sequence * heads + head),
            saved.mixed());
      }
    }
    afterAttention(rows, saved, activations.residual(), activations.branch());
  }

  /// From the residual stream to query, key and value of every row.
  void beforeAttention(int rows, Operand residual, Saved saved) {
    attentionNorm.forward(
        rows, residual, saved.attentionUnit(), saved.attentionDeviation(), saved.attentionIn());
    rounding.inPlace(saved.attentionIn());
    attentionInput.forward(rows, saved.attentionIn(), saved.qkv());
    rounding.inPlace(saved.qkv());
  }

  /// From the mixed values to the end of the block.
  ///
  /// @param branch scratch, as large as `residual`
  void afterAttention(int rows, Saved saved, Operand residual, Operand branch) {
    rounding.inPlace(saved.mixed());
    attentionOutput.forward(rows, saved.mixed(), branch);
    rowKernels.add(residual.data().length, branch.data(), residual.data());
    feedForwardNorm.forward(
        rows,
        residual,
        saved.feedForwardUnit(),
        saved.feedForwardDeviation(),
        saved.feedForwardIn());
    rounding.inPlace(saved.feedForwardIn());
    feedForwardInput.forward(rows, saved.feedForwardIn(), saved.hidden());
    exponentials.gelu(
        saved.hidden().data().length, saved.hidden().data(), saved.activated().data());
    rounding.inPlace(saved.activated());
    feedForwardOutput.forward(rows, saved.activated(), branch);
    rowKernels.add(residual.data().length, branch.data(), residual.data());
  }

  /// Turns the gradient of the block's output, in `activations.dResidual()`, into that of its
  /// input.
  void backward(Activations activations, Saved saved, int sequences) {
    int rows = activations.rows(sequences);
    Operand dx = activations.dResidual();
    Operand dBranch = activations.branch();
    Operand dOut = rounding.copy(dx, activations.rounded());
    feedForwardOutput.backward(rows, saved.activated(), dOut, activations.dHidden());
    exponentials.geluBackward(
        saved.hidden().data().length, saved.hidden().data(), activations.dHidden().data());
    rounding.inPlace(activations.dHidden());
    feedForwardInput.backward(rows, saved.feedForwardIn(), activations.dHidden(), dBranch);
    feedForwardNorm.backward(
        rows, dBranch, saved.feedForwardUnit(), saved.feedForwardDeviation(), dx);
    dOut = rounding.copy(dx, activations.rounded());
    attentionOutput.backward(rows, saved.mixed(), dOut, activations.dMixed());
    rounding.inPlace(activations.dMixed());
    Attention attention = activations.attention();
    for (int sequence = 0; sequence < sequences; sequence++) {
      for (int head = 0; head < heads; head++) {
        attention.backward(
            head,
            activations.rows(sequence),
            saved.qkv(),
            attention.weights(saved.weights(), sequence * heads + head),
            activations.dMixed(),
            activations.dQkv());
      }
    }
    rounding.inPlace(activations.dQkv());
    attentionInput.backward(rows, saved.attentionIn(), activations.dQkv(), dBranch);
    attentionNorm.backward(rows, dBranch, saved.attentionUnit(), saved.attentionDeviation(), dx);
  }
}
