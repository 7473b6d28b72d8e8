package dev.mneme.torch;

import dev.mneme.model.GptConfig;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// GPT-2's network up to the final norm, as operations of libtorch. Nothing here is differentiated
/// by hand.
///
/// Everything that is returned belongs to the caller's scope.
final class Network {
  private final GptConfig config;
  private final Parameters parameters;

  Network(Parameters parameters) {
    this.config = parameters.layout().config();
    this.parameters = parameters;
  }

  /// Takes tokens `[B][T]`, returns the input of the first block `[B·T][C]`: the row of the symbol
  /// before each position, BOS before the first, plus the row of the position.
  Tensor embed(Tensor tokens) {
    long sequences = tokens.size(0);
    long length = tokens.size(1);
    long width = config.width();
    Tensor symbols = parameters.view("bos.weight").view(1, 1, width).expand(sequences, 1, width);
    if (length > 1) {
      Tensor before = tokens.narrow(1, 0, length - 1);
      Tensor rows = torch.embedding(parameters.view("wte.weight"), before);
      symbols = torch.cat(new TensorVector(symbols, rows), 1);
    }
    Tensor positions = parameters.view("wpe.weight").narrow(0, 0, length);
    return symbols.add(positions).view(sequences * length, width);
  }

  /// What is added to the scores of sequences of a length, `[T][T]`: 0 for positions up to each
  /// one's own and −∞ for those after.
  Tensor causalMask(long length) {
    return parameters
        .values()
        .new_full(new long[] {length, length}, new Scalar(Double.NEGATIVE_INFINITY))
        .triu_(1);
  }

  /// One block: takes x `[B·T][C]` and the mask, returns y of the shape of x.
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

  /// The norm before the head, `[B·T][C]`. A row whose square overflows would come out as the shift
  /// alone, a plausible row; adding `0 · ‖x‖²` makes it NaN.
  Tensor finalNorm(Tensor x) {
    Tensor flat = x.detach().view(-1);
    return norm(x, "ln_f").add(flat.dot(flat).mul_(new Scalar(0.0)));
  }

  /// The rows of the output classes `[V][C]`.
  Tensor head() {
    return parameters.view(config.tiedHead() ? "wte.weight" : "lm_head.weight");
  }

  /// Takes queries, keys and values `[B·T][3C]`, returns `[B·T][C]`. Written out, since libtorch's
  /// fused attention hides a NaN among the queries and is no faster for short sequences.
  private Tensor attention(Tensor rows, Tensor mask) {
    long heads = config.heads();
    long length = mask.size(0);
    long sequences = rows.size(0) / length;
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
        .reshape(rows.size(0), config.width());
  }

  private Tensor linear(Tensor x, String name) {
    return torch.addmm(parameters.view(name + ".bias"), x, parameters.view(name + ".weight"));
  }

  private Tensor norm(Tensor x, String name) {
    return torch.layer_norm(
        x,
        new long[] {config.width()},
        new TensorOptional(parameters.view(name + ".weight")),
        new TensorOptional(parameters.view(name + ".bias")),
        GptConfig.LAYER_NORM_EPSILON,
        false);
  }
}
