package dev.mneme.app.chart;

import dev.mneme.app.chart.PanelPicture.Entry;
import dev.mneme.app.output.Numbers;
import dev.mneme.measure.CompressionRates;
import dev.mneme.measure.HistogramBins;
import dev.mneme.measure.LearningPhases;
import dev.mneme.measure.RateHistogram;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextSize;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Pictures of single runs of the largest model, on three sizes of training sets.
final class SamplePictures {
  private static final int TRAINING = 0;
  private static final int TEST = 1;

  private SamplePictures() {}

  static PanelPicture compression(TextReport report) {
    TextModel model = TextScene.largest(report);
    List<TextSize> sizes = TextScene.three(model);
    HistogramBins bins =
        HistogramBins.over(
            HistogramBins.DEFAULT,
            sizes.stream()
                .map(SamplePictures::first)
                .flatMap(cell -> Stream.of(cell.trainRates(), cell.testRates()))
                .toArray(CompressionRates[]::new));
    List<List<Line>> lines =
        sizes.stream()
            .map(SamplePictures::first)
            .map(cell ->
                List.of(
                    steps(cell.testRates().histogram(bins), Look.line(TEST)),
                    steps(cell.trainRates().histogram(bins), Look.line(TRAINING))))
            .toList();
    Panel.Axis x =
        new Panel.Axis(
            "code length / uniform code", Range.tenths(bins.low(), bins.high()), TextScene::plain);
    Range shares =
        Range.fromZero(
            lines.stream()
                .flatMap(List::stream)
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> point.y().mean()));
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      panels.add(
          new Panel(
              "N " + Numbers.count(sizes.get(i).sequences()),
              x,
              new Panel.Axis(i == 0 ? "share of samples" : " ", shares, TextScene::percent),
              lines.get(i),
              List.of()));
    }
    return new PanelPicture(
        "How far the largest model, " + TextScene.name(model) + ", compresses samples",
        TextScene.subtitle(
            report, "relative to the uniform code of S · log2 V bits a sample; below 1 is shorter"),
        List.of(
            new Entry("training samples", Look.line(TRAINING), Line.Kind.STEPS),
            new Entry("test samples", Look.line(TEST), Line.Kind.STEPS)),
        panels);
  }

  private static TextCell first(TextSize size) {
    return size.seeds().getFirst();
  }

  /// From zero over every bin to zero.
  private static Line steps(RateHistogram histogram, Color color) {
    HistogramBins bins = histogram.bins();
    List<Line.Point> points = new ArrayList<>();
    for (int bin = 0; bin < bins.count(); bin++) {
      points.add(Line.Point.of(bins.edge(bin), histogram.share(bin)));
    }
    points.add(Line.Point.of(bins.high(), histogram.share(bins.count() - 1)));
    return new Line(color, Line.Kind.STEPS, points);
  }

  /// Empty where no run kept held-out loss.
  static Optional<PanelPicture> learning(TextReport report) {
    TextModel model = TextScene.largest(report);
    List<Line> lines = new ArrayList<>();
    List<Entry> legend = new ArrayList<>();
    List<TextSize> sizes = TextScene.three(model);
    for (int i = 0; i < sizes.size(); i++) {
      List<LearningPhases.Point> curve =
          first(sizes.get(i)).curve().stream().filter(point -> point.step() > 0).toList();
      if (!curve.isEmpty()) {
        Color color = Look.line(i);
        lines.add(
            new Line(
                color,
                Line.Kind.DASHED_PLAIN,
                curve.stream()
                    .map(point -> Line.Point.of(point.step(), point.heldOut().value()))
                    .toList()));
        lines.add(
            new Line(
                color,
                Line.Kind.PLAIN,
                curve.stream()
                    .map(point -> Line.Point.of(point.step(), point.train().value()))
                    .toList()));
        legend.add(
            new Entry("N " + Numbers.count(sizes.get(i).sequences()), color, Line.Kind.PLAIN));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    legend.add(new Entry("training", Look.MUTED, Line.Kind.PLAIN));
    legend.add(new Entry("held out", Look.MUTED, Line.Kind.DASHED_PLAIN));
    return Optional.of(
        new PanelPicture(
            "Loss over the steps of the largest model, " + TextScene.name(model),
            TextScene.subtitle(report, "first seed · held out: test and reference split together"),
            legend,
            List.of(
                new Panel(
                    "",
                    new Panel.Axis(
                        "optimizer steps", Range.logarithmic(values(lines, true)), Look::tick),
                    new Panel.Axis(
                        "loss, bits per token",
                        Range.fromZero(values(lines, false)),
                        TextScene::plain),
                    lines,
                    List.of()))));
  }

  private static DoubleStream values(List<Line> lines, boolean x) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(point -> x ? point.x() : point.y().mean());
  }
}
