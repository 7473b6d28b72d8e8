package dev.mneme.model;

import dev.mneme.unit.ParameterCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where each parameter lies in a flat vector, stated once for all engines, checkpoints and tests.
///
/// Tensors are row-major; weight matrices have shape `[in][out]` as in GPT-2's `Conv1D`. The BOS
/// row comes last, so that `[0, parameterCount().total())` are the counted parameters.
public final class ParameterLayout {
  /// What a tensor is for; initialization and learning rates may differ by role.
  public enum Role {
    TOKEN_EMBEDDING,
    POSITION_EMBEDDING,
    /// Begin-of-sequence embedding row; trainable but not counted.
    BOS_EMBEDDING,
    HEAD,
    WEIGHT,
    /// A weight whose output is added to the residual stream.
    RESIDUAL_WEIGHT,
    BIAS,
    NORM_SCALE,
    NORM_SHIFT
  }

  /// One tensor.
  ///
  /// @param name as in GPT-2 checkpoints, such as `h.0.attn.c_attn.weight`; `bos.weight` for BOS
  /// @param rows first dimension
  /// @param columns second dimension; 0 for vectors, which have `rows` entries
  /// @param offset index of the first entry in the flat vector
  public record Tensor(String name, Role role, int rows, int columns, int offset) {
    /// The number of entries.
    public int size() {
      return columns == 0 ? rows : rows * columns;
    }

    /// The dimensions, one or two of them.
    public List<Integer> shape() {
      return columns == 0 ? List.of(rows) : List.of(rows, columns);
    }
  }

  private final GptConfig config;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private int size;

  private ParameterLayout(GptConfig config) {
    this.config = config;
  }

  /// The layout of a model.
  ///
  /// @throws ArithmeticException where the model has more than 2^31−1 parameters
  public static ParameterLayout of(GptConfig config) {
    ParameterLayout layout = new ParameterLayout(config);
    int d = config.width();
    layout.add("wte.weight", Role.TOKEN_EMBEDDING, config.vocabularySize(), d);
    layout.add("wpe.weight", Role.POSITION_EMBEDDING, config.contextLength(), d);
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "h." + layer + ".";
      layout.addNorm(block + "ln_1", d);
      layout.addLinear(block + "attn.c_attn", Role.WEIGHT, d, 3 * d);
      layout.addLinear(block + "attn.c_proj", Role.RESIDUAL_WEIGHT, d, d);
      layout.addNorm(block + "ln_2", d);
      layout.addLinear(block + "mlp.c_fc", Role.WEIGHT, d, config.feedForwardWidth());
      layout.addLinear(block + "mlp.c_proj", Role.RESIDUAL_WEIGHT, config.feedForwardWidth(), d);
    }
    layout.addNorm("ln_f", d);
    if (!config.tiedHead()) {
      layout.add("lm_head.weight", Role.HEAD, config.vocabularySize(), d);
    }
    layout.add("bos.weight", Role.BOS_EMBEDDING, d, 0);
    return layout;
  }

  private void addNorm(String name, int width) {
    add(name + ".weight", Role.NORM_SCALE, width, 0);
    add(name + ".bias", Role.NORM_SHIFT, width, 0);
  }

  private void addLinear(String name, Role role, int in, int out) {
    add(name + ".weight", role, in, out);
    add(name + ".bias", Role.BIAS, out, 0);
  }

  private void add(String name, Role role, int rows, int columns) {
    Tensor tensor = new Tensor(name, role, rows, columns, size);
    size = Math.addExact(size, Math.multiplyExact(rows, Math.max(1, columns)));
    tensors.put(name, tensor);
  }

  public GptConfig config() {
    return config;
  }

  /// Entries of the flat vector: all counted parameters and the BOS row.
  public int size() {
    return size;
  }

  /// All tensors in the order of their offsets.
  public List<Tensor> tensors() {
    return List.copyOf(tensors.values());
  }

  /// The tensor of that name.
  ///
  /// @throws IllegalArgumentException where there is none
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor is named " + name);
    }
    return tensor;
  }

  public ParameterCount parameterCount() {
    long total = 0;
    long embeddings = 0;
    for (Tensor tensor : tensors.values()) {
      switch (tensor.role()) {
        case BOS_EMBEDDING -> {}
        case TOKEN_EMBEDDING, POSITION_EMBEDDING, HEAD -> {
          total += tensor.size();
          embeddings += tensor.size();
        }
        default -> total += tensor.size();
      }
    }
    return new ParameterCount(total, total - embeddings);
  }

  /// The tensors as a list of names, in order; for messages.
  public List<String> names() {
    return new ArrayList<>(tensors.keySet());
  }
}
