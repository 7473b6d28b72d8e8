package dev.mneme.app.chart;

import dev.mneme.experiment.CapacityReport;
import dev.mneme.measure.Interval;
import dev.mneme.unit.Bits;
import java.util.List;

/// One model's line in a plot of memorized bits against the size of the data set.
///
/// @param label such as `1×32`
/// @param points by ascending data set size
/// @param plateau index of the highest point in `points`; −1 where there is none
/// @param bitsPerParameter at the highest point; 0 where there is none
public record Curve(String label, List<Point> points, int plateau, double bitsPerParameter) {
  public Curve {
    points = List.copyOf(points);
  }

  /// One data set size.
  ///
  /// @param sequences N
  /// @param size entropy of the data set, `N · S · log2 V`, in bits
  /// @param memorized net memorized bits with their interval over seeds
  /// @param ceiling most bits that any model can save on this data set
  public record Point(int sequences, double size, Interval memorized, double ceiling) {}

  /// The curve of one model.
  public static Curve of(CapacityReport report) {
    double perSequence =
        Bits.toChoose(report.model().vocabularySize()).value() * report.model().contextLength();
    List<Point> points =
        report.points().stream()
            .map(point ->
                new Point(
                    point.sequences(),
                    perSequence * point.sequences(),
                    point.net(),
                    point.trials().stream()
                        .mapToDouble(trial -> trial.ceiling().value())
                        .average()
                        .orElse(0)))
            .toList();
    int plateau = -1;
    for (int i = 0; i < points.size(); i++) {
      if (report.peak().isPresent()
          && report.peak().get().sequences() == points.get(i).sequences()) {
        plateau = i;
      }
    }
    return new Curve(
        report.model().layers() + "×" + report.model().width(),
        points,
        plateau,
        report.peak().map(peak -> peak.bitsPerParameter().mean()).orElse(0.0));
  }

  /// Points that a logarithmic axis can show.
  List<Point> positive() {
    return points.stream().filter(point -> point.memorized().mean() > 0).toList();
  }
}
