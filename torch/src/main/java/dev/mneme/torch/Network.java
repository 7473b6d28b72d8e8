package dev.mneme.torch;

import dev.mneme.model.GptConfig;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// GPT-2's network up to the final norm, as operations of libtorch, for M models of one shape at a
/// time, each on data of its own: batched products. Nothing here is differentiated by hand.
///
/// Everything that is returned belongs to the caller's scope.
final class Network {
  private final GptConfig config;
  private final Parameters parameters;

  Network(Parameters parameters) {
    this.config = parameters.layout().config();
    this.parameters = parameters;
  }

  /// Takes tokens `[M][B][T]`, returns the input of the first block `[M][B·T][C]`: the row of the
  /// symbol before each position, BOS before the first, plus the row of the position.
  Tensor embed(Tensor tokens) {
    long models = tokens.size(0);
    long sequences = tokens.size(1);
    long length = tokens.size(2);
    long width = config.width();
    Tensor symbols =
        parameters.view("bos.weight").view(models, 1, 1, width).expand(models, sequences, 1, width);
    if (length > 1) {
      Tensor rows = parameters.view("wte.weight").view(-1, width); // of all models
      Tensor before = tokens.narrow(2, 0, length - 1).add(firstRows(tokens));
      symbols = torch.cat(new TensorVector(symbols, torch.embedding(rows, before)), 2);
    }
    Tensor positions = parameters.view("wpe.weight").narrow(1, 0, length).unsqueeze(1);
    return symbols.add(positions).view(models, sequences * length, width);
  }

  /// Where each model's rows begin among those of all, `[M][1][1]`.
  private Tensor firstRows(Tensor tokens) {
    return tokens
        .new_ones(tokens.size(0))
        .cumsum(0)
        .sub_(new Scalar(1))
        .mul_(new Scalar(config.vocabularySize()))
        .view(-1, 1, 1);
  }

  /// What is added to the scores of sequences of a length, `[T][T]`: 0 for positions up to each
  /// one's own and −∞ for those after.
  Tensor causalMask(long length) {
    return parameters
        .values()
        .new_full(new long[] {length, length}, new Scalar(Double.NEGATIVE_INFINITY))
        .triu_(1);
  }

  /// One block: takes x `[M][B·T][C]` and the mask, returns y of the shape of x.
  Tensor block(int layer, Tensor x, Tensor mask) {
    return Scopes.keepingOnly(() -> blockWithin(layer, x, mask));
  }

  private Tensor blockWithin(int layer, Tensor x, Tensor mask) {
    String name = "h." + layer + ".";
    Tensor attended = attention(linear(norm(x, name + "ln_1"), name + "attn.c_attn"), mask);
    Tensor residual = x.add(linear(attended, name + "attn.c_proj"));
    Tensor hidden = linear(norm(residual, name + "ln_2"), name + "mlp.c_fc");
    return residual.add(linear(torch.gelu(hidden, "tanh"), name + "mlp.c_proj"));
  }

  /// The norm before the head, `[M][B·T][C]`. A row whose square overflows would come out as the
  /// shift alone, a plausible row; adding `0 · ‖x‖²` makes it NaN.
  Tensor finalNorm(Tensor x) {
    Tensor squares = x.detach().square().sum(new long[] {1, 2}, true, new ScalarTypeOptional());
    return norm(x, "ln_f").add(squares.mul_(new Scalar(0.0)));
  }

  /// The rows of the output classes as columns, `[M][C][V]`.
  Tensor head() {
    return parameters.view(config.tiedHead() ? "wte.weight" : "lm_head.weight").transpose(1, 2);
  }

  /// Takes queries, keys and values `[M][B·T][3C]`, returns `[M][B·T][C]`. Written out, since
  /// libtorch's fused attention hides a NaN among the queries and is no faster for short sequences.
  private Tensor attention(Tensor rows, Tensor mask) {
    long heads = config.heads();
    long length = mask.size(0);
    long sequences = rows.size(0) * rows.size(1) / length; // of all models
    long headWidth = config.headWidth();
    long[] perHead = {sequences * heads, length, headWidth};
    Tensor split = rows.view(sequences, length, 3, heads, headWidth).permute(2, 0, 3, 1, 4);
    Tensor queries = split.select(0, 0).reshape(perHead).mul(new Scalar(1 / Math.sqrt(headWidth)));
    Tensor keys = split.select(0, 1).reshape(perHead);
    Tensor values = split.select(0, 2).reshape(perHead);
    Tensor masks = mask.expand(sequences * heads, length, length);
    Tensor scores = torch.baddbmm(masks, queries, keys.transpose(1, 2));
    Tensor attended = torch.softmax(scores, 2).bmm(values);
    return attended
        .view(sequences, heads, length, headWidth)
        .transpose(1, 2)
        .reshape(rows.size(0), rows.size(1), config.width());
  }

  private Tensor linear(Tensor x, String name) {
    Tensor bias = parameters.view(name + ".bias").expand(x.size(0), x.size(1), -1);
    return torch.baddbmm(bias, x, parameters.view(name + ".weight"));
  }

  private Tensor norm(Tensor x, String name) {
    Tensor scale = parameters.view(name + ".weight");
    Tensor shift = parameters.view(name + ".bias");
    if (x.size(0) == 1) {
      return norm(x, new TensorOptional(scale.view(-1)), new TensorOptional(shift.view(-1)));
    }
    return norm(x, new TensorOptional(), new TensorOptional()).mul(scale).add(shift);
  }

  private Tensor norm(Tensor x, TensorOptional scale, TensorOptional shift) {
    return torch.layer_norm(
        x, new long[] {config.width()}, scale, shift, GptConfig.LAYER_NORM_EPSILON, false);
  }
}
