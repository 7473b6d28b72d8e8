package dev.mneme.app.report;

import java.util.List;
import java.util.Optional;

/// Well-known models whose sizes are public, as examples for comparison. Parameters, training
/// tokens and vocabulary as their authors state them:
///
/// - GPT-3 175B: 175 billion parameters, 300 billion tokens (Brown et al., arXiv 2005.14165, table
///   2.1), GPT-2's vocabulary of 50,257
/// - Chinchilla 70B: 70 billion parameters, 1.4 trillion tokens (Hoffmann et al., arXiv
///   2203.15556), 32,000 pieces
/// - Pythia 6.9B: 6,857,302,016 parameters, 299,892,736,000 tokens, a little less than one pass
///   over the Pile (Biderman et al., arXiv 2304.01373), vocabulary 50,254 before padding
/// - Llama 2 7B: 6,738,415,616 parameters, 2 trillion tokens (Touvron et al., arXiv 2307.09288),
///   32,000 pieces
/// - Llama 3 8B: 8,030,261,248 parameters, "over 15T tokens" (model card), vocabulary 128,256
/// - Llama 3.1 405B: 405 billion parameters, 15.6 trillion tokens (Grattafiori et al., arXiv
///   2407.21783), vocabulary 128,256
///
/// Tokens are those of training. Where parts of the data were seen more than once there are fewer
/// different ones, and F1 is higher than shown.
public final class PublicModels {
  /// One model.
  ///
  /// @param name lower case, as it is given to `--compare`
  /// @param parameters all of them
  /// @param tokens trained on
  /// @param vocabularySize V
  public record Model(String name, long parameters, long tokens, int vocabularySize) {}

  /// All of them, oldest first.
  public static final List<Model> ALL =
      List.of(
          new Model("gpt-3", 175_000_000_000L, 300_000_000_000L, 50_257),
          new Model("chinchilla", 70_000_000_000L, 1_400_000_000_000L, 32_000),
          new Model("pythia-6.9b", 6_857_302_016L, 299_892_736_000L, 50_254),
          new Model("llama-2-7b", 6_738_415_616L, 2_000_000_000_000L, 32_000),
          new Model("llama-3-8b", 8_030_261_248L, 15_000_000_000_000L, 128_256),
          new Model("llama-3.1-405b", 405_000_000_000L, 15_600_000_000_000L, 128_256));

  private PublicModels() {}

  /// The model of a name, whatever its case.
  public static Optional<Model> named(String name) {
    return ALL.stream().filter(model -> model.name().equalsIgnoreCase(name.strip())).findFirst();
  }

  /// All names, for messages.
  public static List<String> names() {
    return ALL.stream().map(Model::name).toList();
  }
}
