package dev.mneme.measure;

/// Whether the peak over data set sizes is enclosed: at least one smaller and two larger sizes were
/// measured, the larger ones within 5% of the peak or below it. Judged by [PlateauTest].
///
/// @param enclosed whether all of that holds
/// @param smaller sizes measured below the peak
/// @param larger sizes measured above the peak
/// @param explanation one sentence for a reader
public record Plateau(boolean enclosed, int smaller, int larger, String explanation) {
  /// Sizes that must be measured below a peak.
  public static final int NEEDED_SMALLER = 1;

  /// Sizes that must be measured above a peak.
  public static final int NEEDED_LARGER = 2;

  public Plateau {
    if (smaller < 0 || larger < 0 || (enclosed && (smaller < NEEDED_SMALLER || larger < NEEDED_LARGER))) {
      throw new IllegalArgumentException(
          "a plateau with " + smaller + " smaller and " + larger + " larger sizes cannot be "
              + (enclosed ? "enclosed" : "judged"));
    }
  }

  /// How many smaller sizes a search still has to measure; 0 where that side is done.
  public int missingSmaller() {
    return Math.max(0, NEEDED_SMALLER - smaller);
  }

  /// How many larger sizes a search still has to measure; 0 where that side is done.
  public int missingLarger() {
    return Math.max(0, NEEDED_LARGER - larger);
  }
}
