package dev.mneme.app.html;

import java.util.ArrayList;
import java.util.List;

/// Fewer points of a long line: evenly spaced in order, with the first and the last.
final class Thinning {
  private Thinning() {}

  /// At most `most` of the points; all of them where there are no more.
  ///
  /// @param most at least 2
  static <T> List<T> of(List<T> points, int most) {
    if (points.size() <= most) {
      return points;
    }
    List<T> kept = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      kept.add(points.get((int) ((long) i * (points.size() - 1) / (most - 1))));
    }
    return kept;
  }
}
