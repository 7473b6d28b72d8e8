package dev.mneme.text;

import dev.mneme.unit.Bits;
import java.util.List;

/// Rarity and unintended memorization of the first sequences of a training set. Training sets are
/// in random order, so these are a random sample of it.
///
/// @param population sequences in the training set
/// @param points at most [#MOST]
public record RaritySample(int population, List<Point> points) {
  /// Sequences enough for a picture.
  public static final int MOST = 500;

  public RaritySample {
    points = List.copyOf(points);
  }

  /// One sequence.
  ///
  /// @param rarity mean rarity of its tokens, see [dev.mneme.attack.TermRarity]
  /// @param unintended what the model remembers of it beyond the oracle, at least 0
  public record Point(Bits rarity, Bits unintended) {}
}
