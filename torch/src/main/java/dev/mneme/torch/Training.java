package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Gradients of the mean code length per position of models that are trained together, by automatic
/// differentiation.
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

  /// Leaves the gradients in [Parameters#gradient()] and returns the code length of each model's
  /// batch in nats; NaN for a model whose code length or gradient is not finite.
  ///
  /// @param batches one for each model, of one size and length
  double[] accumulateGradients(List<TokenBatch> batches) {
    TokenBatch first = batches.getFirst();
    int length = first.data().sequenceLength();
    int atOnce = Math.max(1, portions.positions() / length);
    double[] nats = new double[batches.size()];
    parameters.gradient().zero_();
    for (int from = 0; from < first.size(); from += atOnce) {
      int count = Math.min(atOnce, first.size() - from);
      try (PointerScope scope = new PointerScope()) {
        Tensor tokens = transfer.tokens(batches, from, count);
        double[] more = addGradients(tokens, 1.0 / first.positions());
        for (int model = 0; model < nats.length; model++) {
          nats[model] += more[model];
        }
      }
    }
    double[] squares = squares();
    for (int model = 0; model < nats.length; model++) {
      if (!Double.isFinite(nats[model]) || !Double.isFinite((float) squares[model])) {
        nats[model] = Double.NaN;
      }
    }
    return nats;
  }

  /// The square of the norm of each model's gradient.
  private double[] squares() {
    double[] squares = new double[parameters.models()];
    for (ParameterLayout.Tensor tensor : parameters.layout().tensors()) {
      try (PointerScope scope = new PointerScope()) {
        double[] more =
            Transfer.readDoubles(
                parameters
                    .part(parameters.gradient(), tensor)
                    .square()
                    .sum(new long[] {1, 2}, false, new ScalarTypeOptional())
                    .to(ScalarType.Double));
        for (int model = 0; model < squares.length; model++) {
          squares[model] += more[model];
        }
      }
    }
    return squares;
  }

  /// Adds the gradient of `weight` times the code length of tokens `[M][B][T]`, and returns the
  /// latter in nats, `[M]`.
  private double[] addGradients(Tensor tokens, double weight) {
    return portions.recomputed() ? addRecomputing(tokens, weight) : addKeeping(tokens, weight);
  }

  private double[] addKeeping(Tensor tokens, double weight) {
    Tensor mask = network.causalMask(tokens.size(2));
    Tensor x = network.embed(tokens);
    for (int layer = 0; layer < layers; layer++) {
      x = network.block(layer, x, mask);
    }
    return addGradientOfHead(network.finalNorm(x), tokens, weight);
  }

  /// Keeps the input of every block alone, and on the way back runs each block once more.
  private double[] addRecomputing(Tensor tokens, double weight) {
    Tensor mask = network.causalMask(tokens.size(2));
    List<Tensor> inputs = new ArrayList<>();
    try (NoGradGuard noGradient = new NoGradGuard()) {
      inputs.add(network.embed(tokens));
      for (int layer = 0; layer < layers; layer++) {
        inputs.add(network.block(layer, inputs.getLast(), mask));
      }
    }
    Tensor last = leaf(inputs.removeLast());
    double[] nats = addGradientOfHead(network.finalNorm(last), tokens, weight);
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
  private double[] addGradientOfHead(Tensor last, Tensor tokens, double weight) {
    Tensor rows = leaf(last);
    Tensor gradientOfRows = transfer.zeros(rows.size(0), rows.size(1), rows.size(2));
    rows.mutable_grad().put(gradientOfRows);
    double[] nats = addGradientOfChunks(rows, tokens.reshape(rows.size(0), rows.size(1)), weight);
    backward(last, gradientOfRows);
    return nats;
  }

  private double[] addGradientOfChunks(Tensor rows, Tensor targets, double weight) {
    double[] nats = new double[parameters.models()];
    for (long from = 0; from < rows.size(1); from += portions.headRows()) {
      long count = Math.min(portions.headRows(), rows.size(1) - from);
      try (PointerScope scope = new PointerScope()) {
        Tensor logits = rows.narrow(1, from, count).bmm(network.head());
        Tensor lengths =
            torch.cross_entropy_loss(
                logits.view(-1, logits.size(2)).to(ScalarType.Float),
                targets.narrow(1, from, count).reshape(-1),
                new TensorOptional(),
                NO_REDUCTION,
                -1,
                0);
        lengths.sum().mul(new Scalar(weight)).backward();
        double[] more =
            Transfer.readDoubles(
                lengths
                    .detach()
                    .view(nats.length, -1)
                    .to(ScalarType.Double)
                    .sum(new long[] {1}, false, new ScalarTypeOptional()));
        for (int model = 0; model < nats.length; model++) {
          nats[model] += more[model];
        }
      }
    }
    return nats;
  }
}
