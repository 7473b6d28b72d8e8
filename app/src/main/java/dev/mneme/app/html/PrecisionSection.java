package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.law.CapacityAnalysis;
import dev.mneme.law.MeasuredCapacity;
import dev.mneme.measure.Interval;
import dev.mneme.model.GptConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Models of one shape that were trained in several precisions, side by side.
final class PrecisionSection {
  private static final Pattern WIDTH = Pattern.compile("\\d{1,3}");

  /// TensorFloat-32 has 19 bits: the range of single precision and the significand of half.
  private static final Map<String, Integer> MISNAMED = Map.of("tf32", 19);

  private PrecisionSection() {}

  /// The section; empty where no shape was measured in two precisions.
  static Optional<Section> of(List<CapacityAnalysis> analyses) {
    Map<GptConfig, List<MeasuredCapacity>> shapes = new LinkedHashMap<>();
    analyses.stream()
        .flatMap(analysis -> analysis.capacities().stream())
        .filter(capacity -> capacity.peak().net().mean() > 0)
        .sorted(Comparator.comparingLong(MeasuredCapacity::parameters))
        .forEach(capacity ->
            shapes.computeIfAbsent(capacity.model(), key -> new ArrayList<>()).add(capacity));
    shapes.values().removeIf(capacities -> capacities.size() < 2);
    if (shapes.isEmpty()) {
      return Optional.empty();
    }
    shapes
        .values()
        .forEach(capacities ->
            capacities.sort(
                Comparator.comparingInt((MeasuredCapacity one) -> width(one.precision()).orElse(0))
                    .thenComparing(MeasuredCapacity::precision)));
    List<Report.Block> blocks = new ArrayList<>();
    chart(shapes).ifPresent(blocks::add);
    blocks.add(table(shapes));
    return Optional.of(
        new Section(
            "precision",
            "Precision",
            "The same model trained with numbers of different width, each at the data set size of"
                + " its largest value. Only rows of equal steps compare precisions alone.",
            blocks));
  }

  /// Bits of one number, as the name of a precision tells.
  private static OptionalInt width(String precision) {
    if (MISNAMED.containsKey(precision)) {
      return OptionalInt.of(MISNAMED.get(precision));
    }
    Matcher number = WIDTH.matcher(precision);
    return number.find() ? OptionalInt.of(Integer.parseInt(number.group())) : OptionalInt.empty();
  }

  private static Optional<Chart> chart(Map<GptConfig, List<MeasuredCapacity>> shapes) {
    List<Series> series = new ArrayList<>();
    shapes.forEach((model, capacities) -> {
      List<Point> points =
          capacities.stream()
              .filter(one -> width(one.precision()).isPresent())
              .map(one -> Point.of(width(one.precision()).getAsInt(), bitsPerParameter(one)))
              .toList();
      if (points.size() > 1) {
        series.add(new Series(name(shapes, model), Role.LINE, series.size(), "", points));
      }
    });
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(
                "precision",
                "Bits per parameter in every precision",
                "Bars are 95% intervals over seeds, where there are several.",
                Axis.linear("width of the numbers, bits"),
                Axis.linear("capacity, bits per parameter"),
                series,
                List.of()));
  }

  private static Interval bitsPerParameter(MeasuredCapacity one) {
    return one.peak().net().dividedBy(one.parameters());
  }

  private static String name(Map<GptConfig, List<MeasuredCapacity>> shapes, GptConfig model) {
    String name = Figures.name(model);
    boolean alone =
        shapes.keySet().stream().filter(other -> Figures.name(other).equals(name)).count() == 1;
    return alone ? name : name + " V " + model.vocabularySize() + " S " + model.contextLength();
  }

  private static Grid table(Map<GptConfig, List<MeasuredCapacity>> shapes) {
    List<List<String>> rows = new ArrayList<>();
    shapes.forEach((model, capacities) -> {
      double widest = bitsPerParameter(capacities.getLast()).mean();
      for (MeasuredCapacity one : capacities) {
        rows.add(
            List.of(
                name(shapes, model),
                one.precision(),
                Numbers.count(one.parameters()),
                Numbers.count(one.steps()),
                Numbers.count(one.peak().sequences()),
                String.valueOf(one.peak().trials().size()),
                Numbers.plusMinus(bitsPerParameter(one)),
                Numbers.percent(bitsPerParameter(one).mean() / widest),
                one.plateau().enclosed() ? "seen" : "not seen"));
      }
    });
    return new Grid(
        "",
        List.of(
            "model",
            "precision",
            "parameters",
            "steps",
            "at N",
            "seeds",
            "bits per parameter",
            "of the widest",
            "plateau"),
        rows);
  }
}
