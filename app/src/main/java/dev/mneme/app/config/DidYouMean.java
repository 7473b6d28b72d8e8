package dev.mneme.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name somebody probably wanted.
public final class DidYouMean {
  private DidYouMean() {}

  /// The known name closest to what was written, if any is close: at most a third of its letters
  /// (and always one) changed, added, dropped or swapped with a neighbour.
  public static Optional<String> closest(String written, Collection<String> known) {
    String wanted = normal(written);
    return known.stream()
        .filter(name -> distance(wanted, normal(name)) <= Math.max(1, normal(name).length() / 3))
        .min(
            Comparator.comparingInt((String name) -> distance(wanted, normal(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static String normal(String name) {
    String head = name.length() > 100 ? name.substring(0, 100) : name;
    return head.toLowerCase(java.util.Locale.ROOT).replace("_", "").replace("-", "");
  }

  /// Edit distance with swaps of neighbours (optimal string alignment).
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
