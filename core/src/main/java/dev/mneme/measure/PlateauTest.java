package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Locale;

/// The first half of a capacity claim: memorization against data set size has bent over.
///
/// The peak is the size with the largest mean (the smallest such size where means are equal). It
/// counts as enclosed when at least one smaller and two larger sizes were measured. Because the peak
/// is the largest mean of all, the larger sizes then lie below it: the rule's 5% allowance for them
/// is never drawn on to declare a plateau while the last size measured still holds the record.
public final class PlateauTest {
  private PlateauTest() {}

  /// One measured size.
  ///
  /// @param sequences size of the training set, N; at least 1
  /// @param meanNet mean over seeds of the net memorized bits
  public record Size(int sequences, Bits meanNet) {
    public Size {
      if (sequences < 1) {
        throw new IllegalArgumentException(
            "a data set needs at least 1 sequence, but was given " + sequences);
      }
    }
  }

  /// Judges whether the peak is enclosed.
  ///
  /// @param sizes in strictly ascending order of sequences; an empty list is no plateau
  /// @throws IllegalArgumentException where sizes are not ascending
  public static Plateau judge(List<Size> sizes) {
    if (sizes.isEmpty()) {
      return new Plateau(false, 0, 0, "No data set size was measured, so there is no peak.");
    }
    int peak = peakIndex(sizes);
    Size best = sizes.get(peak);
    int smaller = peak;
    int larger = sizes.size() - 1 - peak;
    if (best.meanNet().value() <= 0) {
      return new Plateau(
          false, smaller, larger,
          "No size memorized anything: the largest mean is " + describe(best)
              + ", so there is no peak to enclose; train longer or at another learning rate.");
    }
    String measured =
        "The peak, " + describe(best) + ", has " + count(smaller, "smaller size") + " and "
            + count(larger, "larger size") + " beside it";
    boolean enclosed = smaller >= Plateau.NEEDED_SMALLER && larger >= Plateau.NEEDED_LARGER;
    if (enclosed) {
      return new Plateau(
          true, smaller, larger,
          measured + "; the next larger ones lie " + below(best, sizes.get(peak + 1)) + " and "
              + below(best, sizes.get(peak + 2)) + " below it.");
    }
    return new Plateau(
        false, smaller, larger, measured + "; " + missing(best, smaller, larger, sizes) + ".");
  }

  /// The index of the size with the largest mean, the first one of equals.
  ///
  /// @param sizes at least one, in strictly ascending order of sequences
  /// @throws IllegalArgumentException where there is none or they are not ascending
  public static int peakIndex(List<Size> sizes) {
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("a peak needs at least one measured size");
    }
    int peak = 0;
    for (int i = 1; i < sizes.size(); i++) {
      if (sizes.get(i).sequences() <= sizes.get(i - 1).sequences()) {
        throw new IllegalArgumentException(
            "sizes must ascend, but " + sizes.get(i).sequences() + " follows "
                + sizes.get(i - 1).sequences());
      }
      if (sizes.get(i).meanNet().compareTo(sizes.get(peak).meanNet()) > 0) {
        peak = i;
      }
    }
    return peak;
  }

  private static String missing(Size best, int smaller, int larger, List<Size> sizes) {
    String sides =
        smaller < Plateau.NEEDED_SMALLER && larger < Plateau.NEEDED_LARGER
            ? "at least 1 smaller and 2 larger are needed"
            : smaller < Plateau.NEEDED_SMALLER
                ? "at least 1 smaller is needed"
                : "at least 2 larger are needed";
    if (larger == 0 && smaller > 0) {
      Size before = sizes.get(sizes.size() - 2);
      return sides + ", for the largest size measured still gains "
          + below(best, before) + " on " + before.sequences() + " sequences";
    }
    return sides;
  }

  private static String below(Size best, Size other) {
    return String.format(
        Locale.ROOT, "%.1f%%", 100 * (1 - other.meanNet().value() / best.meanNet().value()));
  }

  private static String describe(Size size) {
    return String.format(
        Locale.ROOT, "%.4g bits at %d sequences", size.meanNet().value(), size.sequences());
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
