package dev.mneme.app.chart;

import dev.mneme.app.chart.PanelPicture.Entry;
import dev.mneme.measure.DoubleDescent;
import dev.mneme.measure.Interval;
import dev.mneme.text.Against;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextSize;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// Pictures of figures against the size of the training set.
final class SizePictures {
  /// An expected peak this many times beyond the sizes measured is left out of the picture.
  private static final double FARTHEST = 8;

  private SizePictures() {}

  static PanelPicture memorization(TextReport report) {
    List<Line> oracle = memorization(report, TextCell::oracle);
    List<Line> sameSize = memorization(report, TextCell::sameSize);
    Panel.Axis x = TextScene.sizes(report, DoubleStream.empty());
    Panel.Axis y =
        new Panel.Axis(
            "unintended memorization, bits per sample",
            Range.fromZero(
                DoubleStream.concat(
                    oracle.stream().flatMapToDouble(SizePictures::bounds),
                    sameSize.stream().flatMapToDouble(SizePictures::bounds))),
            TextScene::plain);
    List<Entry> legend = new ArrayList<>(TextScene.models(report));
    legend.add(new Entry("mean of max(0, ·)", Look.MUTED, Line.Kind.SOLID));
    legend.add(new Entry("the same on test text: noise floor", Look.MUTED, Line.Kind.DOTTED));
    return new PanelPicture(
        "What models remember of a sample beyond understanding it",
        TextScene.subtitle(
            report, "clipped per sample, which chance lifts; the floor shows by how much · 95%"),
        legend,
        List.of(
            new Panel("against the oracle", x, y, oracle, List.of()),
            new Panel(
                "against the same size (control at the full set)", x, y, sameSize, List.of())));
  }

  private static List<Line> memorization(TextReport report, Function<TextCell, Against> reference) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < report.models().size(); i++) {
      List<TextSize> sizes = TextSize.of(report.models().get(i));
      lines.add(
          new Line(
              Look.faded(Look.line(i), 190),
              Line.Kind.DOTTED,
              points(
                  sizes,
                  size ->
                      withoutInterval(
                          size.overSeeds(
                              cell -> reference.apply(cell).heldOut().meanUnintended())))));
      lines.add(
          new Line(
              Look.line(i),
              Line.Kind.SOLID,
              points(
                  sizes,
                  size ->
                      size.overSeeds(cell -> reference.apply(cell).training().meanUnintended()))));
    }
    return lines;
  }

  static PanelPicture doubleDescent(TextReport report) {
    List<Line> lines = new ArrayList<>();
    List<Panel.RingAt> rings = new ArrayList<>();
    for (int i = 0; i < report.models().size(); i++) {
      TextModel model = report.models().get(i);
      Color color = Look.line(i);
      lines.add(
          new Line(
              color,
              Line.Kind.DASHED,
              points(
                  TextSize.of(model),
                  size -> point(size.mean(cell -> cell.trainPerToken().value())))));
      lines.add(
          new Line(
              color,
              Line.Kind.SOLID,
              points(
                  TextSize.of(model),
                  size -> point(size.mean(cell -> cell.testPerToken().value())))));
      model
          .descent()
          .peak()
          .map(DoubleDescent.Peak::size)
          .ifPresent(
              peak -> rings.add(new Panel.RingAt(color, peak.sequences(), peak.test().value())));
    }
    Range y = Range.fromZero(lines.stream().flatMapToDouble(SizePictures::bounds));
    DoubleStream near =
        report.models().stream().mapToDouble(SizePictures::predicted).filter(n -> near(report, n));
    Panel.Axis x = TextScene.sizes(report, near);
    List<Line> all = new ArrayList<>();
    for (int i = 0; i < report.models().size(); i++) {
      double predicted = predicted(report.models().get(i));
      if (near(report, predicted)) {
        all.add(
            Line.between(
                Look.faded(Look.line(i), 170),
                Line.Kind.THIN_DASHED,
                predicted,
                y.low(),
                predicted,
                y.high()));
      }
    }
    all.addAll(lines);
    List<Entry> legend = new ArrayList<>(TextScene.models(report));
    legend.add(new Entry("test", Look.MUTED, Line.Kind.SOLID));
    legend.add(new Entry("training", Look.MUTED, Line.Kind.DASHED));
    legend.add(new Entry("peak of test loss expected", Look.MUTED, Line.Kind.THIN_DASHED));
    legend.add(new Entry("peak observed", Look.MUTED, Line.Kind.POINTS, true));
    return new PanelPicture(
        "Loss on training and test text against the size of the training set",
        TextScene.subtitle(
            report, "means over seeds · a peak is expected where the data just fill the capacity"),
        legend,
        List.of(
            new Panel(
                "", x, new Panel.Axis("loss, bits per token", y, TextScene::plain), all, rings)));
  }

  private static double predicted(TextModel model) {
    return model.descent().predicted().sequences();
  }

  private static boolean near(TextReport report, double size) {
    return report.models().stream()
        .flatMap(model -> model.cells().stream())
        .mapToDouble(TextCell::sequences)
        .anyMatch(measured -> size > measured / FARTHEST && size < measured * FARTHEST);
  }

  static Optional<PanelPicture> extraction(TextReport report) {
    TextModel model = TextScene.largest(report);
    List<TextSize> sizes = TextSize.of(model);
    List<Integer> prefixes =
        sizes.stream().flatMap(size -> size.prefixes().stream()).distinct().sorted().toList();
    if (prefixes.isEmpty()) {
      return Optional.empty();
    }
    List<Line> lines = new ArrayList<>();
    List<Entry> legend = new ArrayList<>();
    for (int i = 0; i < prefixes.size(); i++) {
      int prefix = prefixes.get(i);
      List<TextSize> tried =
          sizes.stream().filter(size -> size.prefixes().contains(prefix)).toList();
      lines.add(
          new Line(
              Look.line(i),
              Line.Kind.DASHED,
              points(
                  tried,
                  size ->
                      size.share(
                          cell -> TextSize.extraction(cell, prefix).orElseThrow().heldOut()))));
      lines.add(
          new Line(
              Look.line(i),
              Line.Kind.SOLID,
              points(
                  tried,
                  size ->
                      size.share(
                          cell -> TextSize.extraction(cell, prefix).orElseThrow().training()))));
      legend.add(new Entry("prefix of " + prefix + " tokens", Look.line(i), Line.Kind.PLAIN));
    }
    legend.add(new Entry("training samples", Look.MUTED, Line.Kind.SOLID));
    legend.add(new Entry("test samples: generalization", Look.MUTED, Line.Kind.DASHED));
    Range y = Range.fromZero(lines.stream().flatMapToDouble(SizePictures::bounds));
    return Optional.of(
        new PanelPicture(
            "Samples that the largest model, " + TextScene.name(model) + ", completes exactly",
            TextScene.subtitle(report, "greedy decoding · 95% intervals of Clopper and Pearson"),
            legend,
            List.of(
                new Panel(
                    "",
                    TextScene.sizes(report, DoubleStream.empty()),
                    new Panel.Axis("completed exactly, % of samples", y, TextScene::percent),
                    lines,
                    List.of()))));
  }

  private static List<Line.Point> points(
      List<TextSize> sizes, Function<TextSize, Interval> figure) {
    return sizes.stream()
        .map(size -> new Line.Point(size.sequences(), figure.apply(size)))
        .toList();
  }

  private static Interval point(double value) {
    return new Interval(value, value, value, 1);
  }

  private static Interval withoutInterval(Interval interval) {
    return point(interval.mean());
  }

  private static DoubleStream bounds(Line line) {
    return line.points().stream()
        .flatMapToDouble(point -> DoubleStream.of(point.y().low(), point.y().high()));
  }
}
