package dev.mneme.attack;

import dev.mneme.measure.Interval;
import dev.mneme.measure.UnintendedMemorization;
import dev.mneme.unit.Bits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Which sequences a model remembers most, and whether they are those of rare words (Morris et al.,
/// arXiv 2505.24832, section 4).
///
/// The top of a long list is partly chance: the largest of many noisy figures is larger than it
/// would be if measured again.
///
/// @param samples the most memorized first, equal ones in the order of their index
/// @param rarityCorrelation Spearman's correlation of rarity with unintended memorization over
///   *all* sequences, with its 95% interval; absent for fewer than 4 sequences, or where one of the
///   two is the same for all
public record MostMemorized(List<Sample> samples, Optional<Interval> rarityCorrelation) {
  private static final int FEWEST = 4;

  /// One sequence.
  ///
  /// @param index its place in the data set
  /// @param unintended what the model remembers of it beyond the reference, at least 0
  /// @param rarity mean rarity of its tokens, see [TermRarity]
  /// @param occurrences how often it was cut from the corpus before deduplication, at least 1
  public record Sample(int index, Bits unintended, Bits rarity, int occurrences) {}

  public MostMemorized {
    samples = List.copyOf(samples);
  }

  /// Ranks the sequences of a data set.
  ///
  /// @param memorization of every sequence
  /// @param rarities of the same sequences in bits, see [TermRarity#of]; finite
  /// @param occurrences of the same sequences, each at least 1
  /// @param top how many to list, at least 1; all where there are fewer
  /// @throws IllegalArgumentException where the three are not of the same sequences, a value is out
  ///   of range, or nothing is to be listed
  public static MostMemorized of(
      UnintendedMemorization memorization, double[] rarities, int[] occurrences, int top) {
    int count = memorization.count();
    if (rarities.length != count || occurrences.length != count) {
      throw new IllegalArgumentException(
          "%d rarities and %d occurrences do not belong to %d sequences"
              .formatted(rarities.length, occurrences.length, count));
    }
    if (Arrays.stream(occurrences).anyMatch(occurrence -> occurrence < 1)
        || !Arrays.stream(rarities).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "every sequence occurs at least once and has a finite rarity");
    }
    if (top < 1) {
      throw new IllegalArgumentException("at least 1 sequence is listed, not " + top);
    }
    double[] unintended =
        IntStream.range(0, count).mapToDouble(i -> memorization.unintended(i).value()).toArray();
    Comparator<Integer> mostFirst = Comparator.comparingDouble(i -> -unintended[i]);
    List<Sample> samples =
        IntStream.range(0, count)
            .boxed()
            .sorted(mostFirst.thenComparing(Comparator.naturalOrder()))
            .limit(top)
            .map(i -> new Sample(i, new Bits(unintended[i]), new Bits(rarities[i]), occurrences[i]))
            .toList();
    return new MostMemorized(samples, correlation(rarities, unintended));
  }

  private static Optional<Interval> correlation(double[] rarities, double[] unintended) {
    return rarities.length < FEWEST || constant(rarities) || constant(unintended)
        ? Optional.empty()
        : Optional.of(RankCorrelation.spearman(rarities, unintended));
  }

  private static boolean constant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }
}
