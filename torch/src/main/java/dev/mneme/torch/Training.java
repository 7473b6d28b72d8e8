package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.unit.Bits;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The gradient of the mean code length per position, by automatic differentiation.
///
/// Head and loss take some rows at a time: logits of a whole batch would fill memory where the
/// vocabulary is large.
final class Training {
  /// libtorch's number for a loss of every row by itself.
  private static final long NO_REDUCTION = 0;

  private final Network network;
  private final Parameters parameters;
  private final Transfer transfer;
  private final int layers;
  private final Portions portions;

  Training(Network network, Parameters parameters, Transfer transfer, Portions portions) {
    this.network = network;
    this.parameters = parameters;
    this.transfer = transfer;
    this.layers = parameters.layout().config().layers();
    this.portions = portions;
  }

  /// Leaves the gradient in [Parameters#gradient()] and returns the code length of the batch.
  ///
  /// @throws NonFiniteException where the code length or the gradient is not finite
  Bits accumulateGradient(TokenBatch batch) {
    int length = batch.data().sequenceLength();
    int atOnce = Math.max(1, portions.positions() / length);
    double nats = 0;
    parameters.gradient().zero_();
    for (int from = 0; from < batch.size(); from += atOnce) {
      int count = Math.min(atOnce, batch.size() - from);
      try (PointerScope scope = new PointerScope()) {
        nats += addGradient(transfer.tokens(batch, from, count, length), 1.0 / batch.positions());
      }
    }
    if (!Double.isFinite(nats)) {
      throw new NonFiniteException("the code length of a batch is " + nats);
    }
    try (PointerScope scope = new PointerScope()) {
      float square = parameters.gradient().dot(parameters.gradient()).item_float();
      if (!Float.isFinite(square)) {
        throw new NonFiniteException("the squared norm of the gradient is " + square);
      }
    }
    return Bits.ofNats(nats);
  }

  /// Adds the gradient of `weight` times the code length of tokens `[B][T]`, and returns the latter
  /// in nats.
  private double addGradient(Tensor tokens, double weight) {
    Tensor x = network.embed(tokens);
    Tensor mask = network.causalMask(tokens.size(1));
    for (int layer = 0; layer < layers; layer++) {
      x = network.block(layer, x, mask);
    }
    Tensor last = network.finalNorm(x);
    // The head is differentiated apart, chunk by chunk, down to the rows that it is fed.
    Tensor rows = last.detach().set_requires_grad(true);
    Tensor gradientOfRows = transfer.zeros(rows.size(0), rows.size(1));
    rows.mutable_grad().put(gradientOfRows);
    double nats = addGradientOfHead(rows, tokens.reshape(rows.size(0)), weight);
    last.backward(gradientOfRows, new BoolOptional(), false, new TensorArrayRefOptional());
    return nats;
  }

  private double addGradientOfHead(Tensor rows, Tensor targets, double weight) {
    double nats = 0;
    for (long from = 0; from < rows.size(0); from += portions.headRows()) {
      long count = Math.min(portions.headRows(), rows.size(0) - from);
      try (PointerScope scope = new PointerScope()) {
        Tensor logits = rows.narrow(0, from, count).mm(network.head().t());
        Tensor lengths =
            torch.cross_entropy_loss(
                logits, targets.narrow(0, from, count), new TensorOptional(), NO_REDUCTION, -1, 0);
        lengths.sum().mul(new Scalar(weight)).backward();
        nats += lengths.detach().to(ScalarType.Double).sum().item_double();
      }
    }
    return nats;
  }
}
