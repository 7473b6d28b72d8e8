package dev.mneme.app.chart;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a perfect memorizer would save on a data set of any size, between the sizes that were
/// measured. Where models differ in vocabulary or sequence length there is no common ceiling, and
/// the entropy of the data stands in for it.
final class CeilingLine {
  private final TreeMap<Double, Double> shares = new TreeMap<>();
  private final boolean common;

  private CeilingLine(boolean common) {
    this.common = common;
  }

  static CeilingLine of(List<Curve> curves) {
    List<Curve.Point> points = curves.stream().flatMap(curve -> curve.points().stream()).toList();
    boolean common =
        points.stream()
                .mapToLong(point -> Math.round(1e3 * point.size() / point.sequences()))
                .distinct()
                .count()
            == 1;
    CeilingLine line = new CeilingLine(common);
    if (common) {
      points.forEach(
          point -> line.shares.put(Math.log(point.size()), point.ceiling() / point.size()));
    }
    return line;
  }

  /// What to call it.
  String label() {
    return common ? "everything memorized" : "entropy of the data";
  }

  /// Bits, for a data set of `size` bits.
  double at(double size) {
    double x = Math.log(size);
    Map.Entry<Double, Double> below = shares.floorEntry(x);
    Map.Entry<Double, Double> above = shares.ceilingEntry(x);
    if (below == null || above == null) {
      Map.Entry<Double, Double> only = below == null ? above : below;
      return only == null ? size : size * only.getValue();
    }
    double gap = above.getKey() - below.getKey();
    double part = gap > 0 ? (x - below.getKey()) / gap : 0;
    return size * (below.getValue() + part * (above.getValue() - below.getValue()));
  }
}
