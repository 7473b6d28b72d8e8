package dev.mneme.attack;

import dev.mneme.attack.ScoreTable.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The receiver operating characteristic of an attack: which rates of true and false positives its
/// thresholds give.
///
/// @param points from (0, 0) to (1, 1), one per distinct score
public record RocCurve(List<Point> points) {
  /// One threshold.
  ///
  /// @param falsePositives non-members at or above it
  /// @param truePositives members at or above it
  public record Point(int falsePositives, int truePositives) {}

  public RocCurve {
    points = List.copyOf(points);
  }

  public static RocCurve of(MembershipScores scores) {
    Counts counts = new ScoreTable(scores).counts();
    List<Point> points = new ArrayList<>();
    points.add(new Point(0, 0));
    int falsePositives = 0;
    int truePositives = 0;
    for (int group = 0; group < counts.members().length; group++) {
      falsePositives += counts.nonMembers()[group];
      truePositives += counts.members()[group];
      points.add(new Point(falsePositives, truePositives));
    }
    return new RocCurve(points);
  }

  /// The points that matter to a reader who allows few false positives: for every count of false
  /// positives the most true positives, thinned on a logarithmic scale. Every one was measured; the
  /// first is without false positives and the last is (1, 1).
  ///
  /// @param most at least 3; all where there are fewer
  public List<Point> corners(int most) {
    if (most < 3) {
      throw new IllegalArgumentException("at least 3 points are kept, not " + most);
    }
    TreeMap<Integer, Point> corners = new TreeMap<>();
    points.forEach(point -> corners.put(point.falsePositives(), point)); // true positives ascend
    if (corners.size() <= most) {
      return List.copyOf(corners.values());
    }
    TreeMap<Integer, Point> kept = new TreeMap<>();
    kept.put(0, corners.firstEntry().getValue());
    for (int i = 0; i < most - 1; i++) {
      double position = (double) i / (most - 2);
      int atMost = (int) Math.round(StrictMath.pow(nonMembers(), position));
      Map.Entry<Integer, Point> corner = corners.floorEntry(atMost);
      kept.put(corner.getKey(), corner.getValue());
    }
    return List.copyOf(kept.values());
  }

  public int members() {
    return points.getLast().truePositives();
  }

  public int nonMembers() {
    return points.getLast().falsePositives();
  }

  /// The area under the curve, by trapezoids: ties count half.
  public double area() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point left = points.get(i - 1);
      Point right = points.get(i);
      area +=
          (double) (right.falsePositives() - left.falsePositives())
              * (left.truePositives() + right.truePositives())
              / 2;
    }
    return area / members() / nonMembers();
  }

  /// The true positives at a rate of false positives: of the thresholds with at most that rate, the
  /// one with most true positives. Nothing is interpolated.
  ///
  /// @param rate 0 to 1
  public Rate truePositivesAt(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate is 0 to 1, not " + rate);
    }
    double most = rate * nonMembers() * (1 + 1e-12); // a count that rounding put just below
    int hits = 0;
    for (Point point : points) {
      if (point.falsePositives() <= most) {
        hits = point.truePositives();
      }
    }
    return Rate.of(hits, members());
  }
}
