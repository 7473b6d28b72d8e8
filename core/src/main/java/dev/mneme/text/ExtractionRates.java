package dev.mneme.text;

import dev.mneme.attack.Rate;
import dev.mneme.experiment.TextScores.Completions;
import java.util.List;
import java.util.OptionalDouble;

/// How many sequences a model completes exactly from their first tokens, by greedy decoding, of
/// those trained on and of those held out (Morris et al., arXiv 2505.24832).
///
/// @param prefix tokens given
/// @param training exact completions of training sequences
/// @param heldOut exact completions of test sequences, which only generalization explains
public record ExtractionRates(int prefix, Rate training, Rate heldOut) {
  static ExtractionRates of(Completions completions, int sequenceLength) {
    int suffix = sequenceLength - completions.prefix();
    return new ExtractionRates(
        completions.prefix(),
        rate(completions.training(), suffix),
        rate(completions.heldOut(), suffix));
  }

  private static Rate rate(List<Integer> reproduced, int suffix) {
    return Rate.of(
        reproduced.stream().filter(tokens -> tokens == suffix).count(), reproduced.size());
  }

  /// The share of training extraction that generalization explains, `min(1, test / training)`;
  /// empty where nothing was extracted.
  public OptionalDouble explained() {
    return training.hits() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, heldOut.value() / training.value()));
  }
}
