package dev.mneme.text;

import dev.mneme.experiment.TokenBits;
import java.util.List;
import java.util.stream.IntStream;

/// What the tokens of one training sequence cost under a model and under the oracle. Summed up, the
/// oracle's bits less the model's are what the model saves beyond the oracle.
///
/// @param index place of the sequence in the training set
/// @param model `−log2 p(x_t | x_<t)` of every token, in bits
/// @param oracle the same under the oracle, as many
public record TokenCosts(int index, List<Double> model, List<Double> oracle) {
  public TokenCosts {
    model = List.copyOf(model);
    oracle = List.copyOf(oracle);
    if (model.size() != oracle.size()) {
      throw new IllegalArgumentException(
          "%d tokens under the model and %d under the oracle are not of one sequence"
              .formatted(model.size(), oracle.size()));
    }
  }

  static TokenCosts of(int index, TokenBits model, TokenBits oracle) {
    return new TokenCosts(index, bits(model, index), bits(oracle, index));
  }

  private static List<Double> bits(TokenBits tokens, int index) {
    return IntStream.range(0, tokens.positions())
        .mapToObj(position -> tokens.bits(index, position))
        .toList();
  }
}
