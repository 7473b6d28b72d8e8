package dev.mneme.attack;

import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.TrainableModel;
import dev.mneme.unit.Bits;

/// For every token of a data set: how likely the model found it, and what it expected of its own
/// next token. Shape `[count][positions]`, in bits.
public final class TokenStatistics {
  /// Logits held at once, in numbers.
  private static final int LOGITS = 1 << 21;

  /// Where a model is sure of nothing or of everything, log p hardly varies; in bits.
  private static final double SMALLEST_DEVIATION = 1e-6;

  private final int positions;
  private final double[] logProbabilities;
  private final double[] means;
  private final double[] deviations;

  private TokenStatistics(int positions, int tokens) {
    this.positions = positions;
    logProbabilities = new double[tokens];
    means = new double[tokens];
    deviations = new double[tokens];
  }

  /// Runs the model over a data set.
  ///
  /// @throws NonFiniteException where a logit is not finite
  /// @throws IllegalArgumentException where the data do not fit the model
  public static TokenStatistics of(TrainableModel model, TokenDataset data) {
    int vocabulary = model.config().vocabularySize();
    int positions = data.sequenceLength();
    TokenStatistics statistics =
        new TokenStatistics(positions, Math.multiplyExact(data.count(), positions));
    int batch = (int) Math.max(1, LOGITS / ((long) vocabulary * positions));
    for (int from = 0; from < data.count(); from += batch) {
      int to = Math.min(data.count(), from + batch);
      double[] logits = model.logits(TokenBatch.range(data, from, to));
      for (int index = from; index < to; index++) {
        for (int position = 0; position < positions; position++) {
          int row = ((index - from) * positions + position) * vocabulary;
          statistics.set(
              index * positions + position, logits, row, vocabulary, data.token(index, position));
        }
      }
    }
    return statistics;
  }

  /// log p = logit − log Z; mean and variance of it under p itself.
  private void set(int at, double[] logits, int row, int vocabulary, int token) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < vocabulary; i++) {
      highest = Math.max(highest, logits[row + i]);
    }
    double sum = 0;
    double first = 0;
    for (int i = 0; i < vocabulary; i++) {
      double shifted = logits[row + i] - highest;
      double weight = StrictMath.exp(shifted);
      sum += weight;
      first += weight * shifted;
    }
    double mean = first / sum;
    double squares = 0;
    for (int i = 0; i < vocabulary; i++) {
      double shifted = logits[row + i] - highest;
      squares += StrictMath.exp(shifted) * (shifted - mean) * (shifted - mean);
    }
    double logSum = StrictMath.log(sum);
    logProbabilities[at] = (logits[row + token] - highest - logSum) * Bits.PER_NAT;
    means[at] = (mean - logSum) * Bits.PER_NAT;
    deviations[at] = StrictMath.sqrt(squares / sum) * Bits.PER_NAT;
    if (!Double.isFinite(logProbabilities[at] + means[at] + deviations[at])) {
      throw new NonFiniteException("the model's logits are not finite");
    }
  }

  public int count() {
    return logProbabilities.length / positions;
  }

  public int positions() {
    return positions;
  }

  /// `log2 p(x_t | x_<t)`, at most 0.
  public double logProbability(int index, int position) {
    return logProbabilities[index * positions + position];
  }

  /// The mean of log2 p over the model's own next token: minus its entropy in bits.
  public double mean(int index, int position) {
    return means[index * positions + position];
  }

  /// The standard deviation of log2 p over the model's own next token.
  public double deviation(int index, int position) {
    return deviations[index * positions + position];
  }

  /// How far log p lies above its mean, in standard deviations.
  double standardized(int index, int position) {
    return (logProbability(index, position) - mean(index, position))
        / Math.max(SMALLEST_DEVIATION, deviation(index, position));
  }
}
