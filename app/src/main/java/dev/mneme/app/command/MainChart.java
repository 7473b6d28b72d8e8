package dev.mneme.app.command;

import dev.mneme.app.chart.TerminalFigure;
import dev.mneme.app.chart.TerminalPlot;
import dev.mneme.app.html.Chart;
import dev.mneme.app.html.Report;
import dev.mneme.app.output.Columns;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import java.util.List;
import java.util.Optional;

/// The first chart of a report in the terminal, for people on a remote shell.
final class MainChart {
  /// What a line may be compared with, by name and in order.
  private static final List<String> BOUNDS = List.of("achievable ceiling", "entropy of the data");

  private static final int LABEL_COLUMNS = 30;

  private MainChart() {}

  /// Writes it; nothing where no chart has a line.
  static void write(Report report, Page page) {
    report.sections().stream()
        .limit(1)
        .flatMap(section -> section.blocks().stream())
        .filter(Chart.class::isInstance)
        .map(Chart.class::cast)
        .filter(chart -> !lines(chart).isEmpty())
        .findFirst()
        .ifPresent(chart -> {
          page.heading(
              report.sections().getFirst().title()
                  + (chart.title().isEmpty() ? "" : ": " + chart.title()));
          page.line("");
          TerminalPlot.print(figure(chart), page);
        });
  }

  private static TerminalFigure figure(Chart chart) {
    return new TerminalFigure(axis(chart.x()), axis(chart.y()), lines(chart), bound(chart));
  }

  private static TerminalFigure.Axis axis(Chart.Axis axis) {
    return axis.name().contains("bits") && !axis.name().contains("per ")
        ? new TerminalFigure.Axis(
            axis.name().replace(", bits", ""), axis.logarithmic(), Numbers::bits)
        : new TerminalFigure.Axis(axis.name(), axis.logarithmic(), Numbers::brief);
  }

  private static List<TerminalFigure.Line> lines(Chart chart) {
    return chart.series().stream()
        .filter(series -> series.role() == Chart.Role.LINE)
        .map(MainChart::line)
        .toList();
  }

  private static Optional<TerminalFigure.Line> bound(Chart chart) {
    return BOUNDS.stream()
        .flatMap(name -> chart.series().stream().filter(series -> series.name().equals(name)))
        .map(MainChart::line)
        .findFirst();
  }

  private static TerminalFigure.Line line(Chart.Series series) {
    return new TerminalFigure.Line(
        Columns.fit(series.name(), LABEL_COLUMNS),
        series.points().stream()
            .map(point -> new TerminalFigure.Point(point.x(), point.y()))
            .toList());
  }
}
