package dev.mneme.measure;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.Bits;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The most bits that any model can save on a training set.
///
/// A training set has no order, so even a perfect memorizer pays to say which of its sequences comes
/// next. By Gibbs' inequality no distribution over sequences codes the set in fewer bits than the
/// empirical one, `Σ_u n_u · log2(N / n_u)` over distinct sequences u with multiplicity n_u, hence
/// `mem <= N · S · log2 V − Σ_u n_u · log2(N / n_u)`.
///
/// For distinct sequences this is `N · (S · log2 V − log2 N)`. The bound holds for N > V^S too.
public final class Ceiling {
  private Ceiling() {}

  /// The ceiling of a training set, between 0 and its entropy `N · S · log2 V`.
  ///
  /// @throws IllegalArgumentException where the set is empty
  public static Bits of(TokenDataset data) {
    int count = data.count();
    if (count == 0) {
      throw new IllegalArgumentException("an empty data set has no memorization ceiling");
    }
    double entropy =
        Bits.toChoose(data.vocabularySize()).value() * data.sequenceLength() * (double) count;
    double toName = 0;
    for (Map.Entry<Integer, Integer> entry : sequencesByMultiplicity(data).entrySet()) {
      int multiplicity = entry.getKey();
      int distinct = entry.getValue();
      toName +=
          (double) distinct * multiplicity * Bits.toChoose((double) count / multiplicity).value();
    }
    return new Bits(Math.max(0, entropy - toName)); // below 0 by rounding alone
  }

  /// The share of the ceiling that was reached, such as 0.999.
  ///
  /// @param saved net memorized bits; may be negative
  /// @param ceiling above 0
  /// @throws IllegalArgumentException where the ceiling is 0: nothing can be saved on such data
  public static double share(Bits saved, Bits ceiling) {
    if (ceiling.value() <= 0) {
      throw new IllegalArgumentException(
          "a share of the ceiling needs a ceiling above 0, but it is " + ceiling.value() + " bits");
    }
    return saved.value() / ceiling.value();
  }

  /// How many distinct sequences occur once, twice, and so on.
  private static Map<Integer, Integer> sequencesByMultiplicity(TokenDataset data) {
    Map<IntBuffer, Integer> multiplicities = HashMap.newHashMap(data.count());
    for (int index = 0; index < data.count(); index++) {
      multiplicities.merge(IntBuffer.wrap(data.sequence(index)), 1, Integer::sum);
    }
    Map<Integer, Integer> histogram = new TreeMap<>();
    for (int multiplicity : multiplicities.values()) {
      histogram.merge(multiplicity, 1, Integer::sum);
    }
    return histogram;
  }
}
