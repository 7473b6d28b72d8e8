package dev.mneme.text;

import dev.mneme.attack.ExtractionComparison;
import dev.mneme.attack.Rate;
import dev.mneme.experiment.TextScores.Completions;
import java.util.List;
import java.util.OptionalDouble;

/// How many sequences a model completes exactly from their first tokens, by greedy decoding, of
/// those trained on and of those held out (Morris et al., arXiv 2505.24832).
///
/// @param prefix tokens given
/// @param comparison of training sequences with test sequences, which only generalization completes
public record ExtractionRates(int prefix, ExtractionComparison comparison) {
  static ExtractionRates of(Completions completions, int sequenceLength) {
    int suffix = sequenceLength - completions.prefix();
    return new ExtractionRates(
        completions.prefix(),
        ExtractionComparison.of(
            rate(completions.training(), suffix), rate(completions.heldOut(), suffix)));
  }

  private static Rate rate(List<Integer> reproduced, int suffix) {
    return Rate.of(
        reproduced.stream().filter(tokens -> tokens == suffix).count(), reproduced.size());
  }

  /// Exact completions of training sequences.
  public Rate training() {
    return comparison.train();
  }

  /// Exact completions of test sequences.
  public Rate heldOut() {
    return comparison.test();
  }

  /// The share of training extraction that generalization explains; empty where nothing was
  /// extracted.
  public OptionalDouble explained() {
    return comparison.explained();
  }
}
