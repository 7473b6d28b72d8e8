package dev.mneme.app.chart;

import dev.mneme.app.output.Columns;
import dev.mneme.app.output.Numbers;
import dev.mneme.model.GptConfig;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextSize;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What several pictures of a study on text need.
final class TextScene {
  private TextScene() {}

  /// A subtitle that begins with where the figures come from.
  static String subtitle(TextReport report, String figures) {
    GptConfig model = report.models().getFirst().model();
    return Columns.fit(report.plan().source().corpus(), 30)
        + ", V "
        + Numbers.count(model.vocabularySize())
        + ", S "
        + Numbers.count(model.contextLength())
        + " · "
        + figures;
  }

  static String name(TextModel model) {
    return model.model().layers() + "×" + model.model().width();
  }

  static TextModel largest(TextReport report) {
    return report.models().stream()
        .max(Comparator.comparingLong(model -> model.model().parameterCount().total()))
        .orElseThrow();
  }

  /// The smallest, the middle and the largest size, or all where there are fewer.
  static List<TextSize> three(TextModel model) {
    List<TextSize> sizes = TextSize.of(model);
    return IntStream.of(0, sizes.size() / 2, sizes.size() - 1)
        .distinct()
        .mapToObj(sizes::get)
        .toList();
  }

  /// One entry per model, or the text alone where there is one.
  static List<PanelPicture.Entry> models(TextReport report) {
    return IntStream.range(0, report.models().size())
        .mapToObj(i ->
            new PanelPicture.Entry(name(report.models().get(i)), Look.line(i), Line.Kind.PLAIN))
        .toList();
  }

  /// The axis of training set sizes.
  ///
  /// @param others values besides the sizes that are to be seen
  static Panel.Axis sizes(TextReport report, DoubleStream others) {
    DoubleStream sizes =
        report.models().stream()
            .flatMap(model -> model.cells().stream())
            .mapToDouble(cell -> cell.sequences());
    return new Panel.Axis(
        "training set size N, samples",
        Range.logarithmic(DoubleStream.concat(sizes, others)),
        Look::tick);
  }

  /// A number without trailing zeros.
  static String plain(double value) {
    double shown = Math.abs(value) < 1e-9 ? 0 : value;
    String text = String.format(Locale.ROOT, "%.3f", shown);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  static String percent(double share) {
    return plain(100 * share) + "%";
  }
}
