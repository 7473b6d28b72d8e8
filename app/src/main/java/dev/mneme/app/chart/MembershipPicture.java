package dev.mneme.app.chart;

import dev.mneme.app.chart.PanelPicture.Entry;
import dev.mneme.attack.Attack;
import dev.mneme.attack.AttackResult;
import dev.mneme.law.MembershipLaw;
import dev.mneme.law.PublishedMembership;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Attacks on losses beside what the published law expects of them.
final class MembershipPicture {
  private static final int CURVE_POINTS = 160;

  private MembershipPicture() {}

  /// Empty where no model was attacked.
  static Optional<PanelPicture> of(TextReport report) {
    List<Line> points = new ArrayList<>();
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < report.models().size(); i++) {
      List<Line.Point> attacked = new ArrayList<>();
      for (TextSize size : TextSize.of(report.models().get(i))) {
        size.attack(Attack.LOSS, AttackResult::balancedF1)
            .ifPresent(f1 -> attacked.add(new Line.Point(size.dataBitsPerParameter(), f1)));
      }
      if (!attacked.isEmpty()) {
        points.add(new Line(Look.line(i), Line.Kind.POINTS, attacked));
        legend.add(
            new Entry(TextScene.name(report.models().get(i)), Look.line(i), Line.Kind.POINTS));
      }
    }
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Range x =
        Range.logarithmic(
            points.stream().flatMap(line -> line.points().stream()).mapToDouble(Line.Point::x));
    double lowest =
        points.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(point -> point.y().low())
            .min()
            .orElse(MembershipLaw.CHANCE);
    Range y = Range.around(DoubleStream.of(Math.min(0.45, lowest), 1));
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.between(
            Look.CEILING,
            Line.Kind.DOTTED,
            x.low(),
            MembershipLaw.CHANCE,
            x.high(),
            MembershipLaw.CHANCE));
    lines.add(law(x));
    lines.addAll(points);
    legend.add(new Entry("published law, to about ±0.09", Look.MUTED, Line.Kind.PLAIN));
    legend.add(new Entry("chance", Look.CEILING, Line.Kind.DOTTED));
    return Optional.of(
        new PanelPicture(
            "Telling members from others by their loss",
            TextScene.subtitle(
                report, "one point per N · 95% bootstrap over samples · law: arXiv 2505.24832"),
            legend,
            List.of(
                new Panel(
                    "",
                    new Panel.Axis(
                        "z = N · S · log2 V / parameters, data bits per parameter",
                        x,
                        TextScene::plain),
                    new Panel.Axis("balanced F1 of the loss attack", y, TextScene::plain),
                    lines,
                    List.of()))));
  }

  private static Line law(Range x) {
    return new Line(
        Look.MUTED,
        Line.Kind.PLAIN,
        IntStream.rangeClosed(0, CURVE_POINTS)
            .mapToDouble(i -> x.low() * Math.pow(x.high() / x.low(), (double) i / CURVE_POINTS))
            .mapToObj(z -> Line.Point.of(z, PublishedMembership.LAW.at(z)))
            .toList());
  }
}
