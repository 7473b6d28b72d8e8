package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.output.Numbers;
import dev.mneme.measure.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Charts of memorized random tokens.
final class CapacityCharts {
  /// Slope of capacity against parameters in half precision, Morris et al. (arXiv 2505.24832).
  static final double PAPER_SLOPE = 3.64;

  /// Labels nearer to each other than this share of the axis would touch.
  private static final double LEAST_GAP = 0.05;

  private CapacityCharts() {}

  /// Memorized bits against the entropy of the data, one line per model.
  ///
  /// @param curves models of one vocabulary and sequence length, so that they share a ceiling
  static Chart memorized(String id, String title, List<ModelCurve> curves) {
    List<Series> series = new ArrayList<>();
    double right =
        curves.stream()
            .flatMap(curve -> curve.sizes().stream().map(curve::entropy))
            .mapToDouble(x -> x)
            .max()
            .orElse(1);
    for (ModelCurve curve : curves) {
      series.add(
          new Series(
              curve.name(),
              Role.LINE,
              curve.color(),
              "",
              curve.sizes().stream()
                  .map(size -> Point.of(curve.entropy(size), size.net()))
                  .toList()));
    }
    Set<ModelCurve> labelled = labelled(curves);
    curves.forEach(curve -> series.addAll(largest(curve, right, labelled.contains(curve))));
    series.addAll(bounds(curves));
    return new Chart(
        id,
        title,
        "Bars are 95% intervals over seeds, where a size has several. A dashed line is a model's"
            + " largest mean.",
        Axis.log("entropy of the data set, bits"),
        Axis.log("memorized, bits"),
        series,
        List.of());
  }

  private static List<Series> largest(ModelCurve curve, double right, boolean labelled) {
    return curve.peak().stream()
        .map(peak ->
            new Series(
                curve.name(),
                Role.COMPANION,
                curve.color(),
                labelled
                    ? Numbers.decimals(peak.net().mean() / curve.parameters(), 2)
                        + " bits per parameter"
                    : "",
                List.of(
                    new Point(curve.entropy(peak), peak.net().mean()),
                    new Point(Math.max(right, 1.05 * curve.entropy(peak)), peak.net().mean()))))
        .toList();
  }

  /// The models whose labels have room, from the highest down.
  private static Set<ModelCurve> labelled(List<ModelCurve> curves) {
    double[] values =
        curves.stream()
            .flatMap(curve -> curve.sizes().stream())
            .mapToDouble(size -> size.net().mean())
            .filter(net -> net > 0)
            .map(Math::log)
            .sorted()
            .toArray();
    Set<ModelCurve> labelled = new HashSet<>();
    if (values.length == 0) {
      return labelled;
    }
    double gap = LEAST_GAP * (values[values.length - 1] - values[0]);
    double last = Double.POSITIVE_INFINITY;
    for (ModelCurve curve :
        curves.stream()
            .filter(one -> one.peak().isPresent())
            .sorted(Comparator.comparingDouble(one -> -one.height()))
            .toList()) {
      if (Math.log(curve.height()) <= last - gap) {
        labelled.add(curve);
        last = Math.log(curve.height());
      }
    }
    return labelled;
  }

  /// The entropy of the data and, where it is known, what a perfect memorizer would save.
  private static List<Series> bounds(List<ModelCurve> curves) {
    TreeMap<Double, Double> ceilings = new TreeMap<>();
    double highest =
        curves.stream()
            .flatMap(c -> c.peak().stream())
            .mapToDouble(p -> p.net().high())
            .max()
            .orElse(1);
    TreeMap<Double, Double> entropies = new TreeMap<>();
    for (ModelCurve curve : curves) {
      for (ModelCurve.Size size : curve.sizes()) {
        double entropy = curve.entropy(size);
        entropies.put(entropy, entropy);
        size.ceiling().ifPresent(ceiling -> ceilings.put(entropy, ceiling));
      }
    }
    List<Series> series = new ArrayList<>();
    series.add(new Series("entropy of the data", Role.REFERENCE, -1, "", upTo(entropies, highest)));
    if (!ceilings.isEmpty()) {
      series.add(new Series("achievable ceiling", Role.COMPANION, -1, "", upTo(ceilings, highest)));
    }
    return series;
  }

  /// The line as far as it takes to leave everything that was measured below it.
  private static List<Point> upTo(TreeMap<Double, Double> line, double highest) {
    List<Point> points = new ArrayList<>();
    for (Map.Entry<Double, Double> point : line.entrySet()) {
      points.add(new Point(point.getKey(), point.getValue()));
      if (point.getValue() > 1.5 * highest) {
        break;
      }
    }
    return points;
  }

  /// Capacities of the models of one precision.
  ///
  /// @param name of the group
  record Group(String name, List<ModelCurve> curves) {
    Group {
      curves = List.copyOf(curves);
    }
  }

  /// Bits per parameter against parameters, one colour per group.
  ///
  /// @param slope of the fitted line with its interval over models, which is a level here
  static Chart perParameter(String id, List<Group> groups, Optional<Interval> slope) {
    List<Series> series = new ArrayList<>();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < groups.size(); i++) {
      List<Point> seen = new ArrayList<>();
      List<Point> open = new ArrayList<>();
      for (ModelCurve curve : groups.get(i).curves()) {
        if (curve.bitsPerParameter().isPresent()) {
          least = Math.min(least, curve.parameters());
          most = Math.max(most, curve.parameters());
          (curve.enclosed() ? seen : open)
              .add(Point.of(curve.parameters(), curve.bitsPerParameter().get()));
        }
      }
      String name = groups.get(i).name();
      if (!seen.isEmpty()) {
        series.add(new Series(name + ", plateau seen", Role.POINTS, 2 * i, "", seen));
      }
      if (!open.isEmpty()) {
        series.add(new Series(name + ", plateau not seen", Role.POINTS, 2 * i + 1, "", open));
      }
    }
    double left = least / 1.3;
    double right = most * 1.3;
    slope.ifPresent(fit -> {
      series.add(level("fitted line", Role.COMPANION, fit.mean(), left, right));
      series.add(level("its 95% interval", Role.REFERENCE, fit.low(), left, right));
      series.add(level("its 95% interval", Role.REFERENCE, fit.high(), left, right));
    });
    series.add(
        new Series(
            "paper, slope 3.64",
            Role.COMPANION,
            4,
            "",
            List.of(new Point(left, PAPER_SLOPE), new Point(right, PAPER_SLOPE))));
    return new Chart(
        id,
        "Bits per parameter of every model",
        "",
        Axis.log("parameters"),
        Axis.linear("capacity, bits per parameter"),
        series,
        List.of());
  }

  private static Series level(String name, Role role, double y, double left, double right) {
    return new Series(name, role, -1, "", List.of(new Point(left, y), new Point(right, y)));
  }
}
