package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
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
    return portions.recomputed() ? addRecomputing(tokens, weight) : addKeeping(tokens, weight);
  }

  private double addKeeping(Tensor tokens, double weight) {
    Tensor mask = network.causalMask(tokens.size(1));
    Tensor x = network.embed(tokens);
    for (int layer = 0; layer < layers; layer++) {
      x = network.block(layer, x, mask);
    }
    return addGradientOfHead(network.finalNorm(x), tokens, weight);
  }

  /// Keeps the input of every block alone, and on the way back runs each block once more.
  private double addRecomputing(Tensor tokens, double weight) {
    Tensor mask = network.causalMask(tokens.size(1));
    List<Tensor> inputs = new ArrayList<>();
    try (NoGradGuard noGradient = new NoGradGuard()) {
      inputs.add(network.embed(tokens));
      for (int layer = 0; layer < layers; layer++) {
        inputs.add(network.block(layer, inputs.getLast(), mask));
      }
    }
    Tensor last = leaf(inputs.removeLast());
    double nats = addGradientOfHead(network.finalNorm(last), tokens, weight);
    Tensor gradient = new Tensor(last.grad());
    for (int layer = layers - 1; layer >= 0; layer--) {
      int at = layer;
      Tensor after = gradient;
      gradient =
          Scopes.keepingOnly(() -> {
            Tensor input = leaf(inputs.get(at));
            backward(network.block(at, input, mask), after);
            return new Tensor(input.grad());
          });
    }
    backward(network.embed(tokens), gradient);
    return nats;
  }

  private static Tensor leaf(Tensor values) {
    return values.detach().set_requires_grad(true);
  }

  private static void backward(Tensor output, Tensor gradient) {
    output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }

  /// Differentiates head and loss apart, chunk by chunk, down to the rows that they are fed, and
  /// from there on all that made these rows.
  private double addGradientOfHead(Tensor last, Tensor tokens, double weight) {
    Tensor rows = leaf(last);
    Tensor gradientOfRows = transfer.zeros(rows.size(0), rows.size(1));
    rows.mutable_grad().put(gradientOfRows);
    double nats = addGradientOfChunks(rows, tokens.reshape(rows.size(0)), weight);
    backward(last, gradientOfRows);
    return nats;
  }

  private double addGradientOfChunks(Tensor rows, Tensor targets, double weight) {
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
