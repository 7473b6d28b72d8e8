package dev.mneme.app.html;

import dev.mneme.app.html.Chart.Axis;
import dev.mneme.app.html.Chart.Point;
import dev.mneme.app.html.Chart.Role;
import dev.mneme.app.html.Chart.Series;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.app.report.RecipeWords;
import dev.mneme.experiment.Cost;
import dev.mneme.law.MeasuredSize;
import dev.mneme.law.TrainedLengths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How models learn along the way, and what a bit costs: by recipe and by length of training.
final class WorkSection {
  /// Lines beyond this many would hide each other.
  private static final int MOST_LINES = 12;

  private final StoreContents store;
  private final List<TrainedLengths> all;
  private final List<Line> lines;

  /// What is drawn in one colour.
  private record Line(String name, int color, TrainedLengths trained) {
    long parameters() {
      return trained.model().parameterCount().total();
    }
  }

  private WorkSection(StoreContents store) {
    this.store = store;
    this.all = TrainedLengths.ofEveryRecipe(store.finished());
    List<TrainedLengths> most =
        all.stream()
            .sorted(Comparator.comparingDouble(WorkSection::perParameter).reversed())
            .limit(MOST_LINES)
            .toList();
    this.lines = new ArrayList<>();
    for (TrainedLengths one : all) {
      if (most.contains(one)) {
        lines.add(new Line(name(one), lines.size(), one));
      }
    }
  }

  /// The section; empty where there is neither a learning curve nor anything to compare.
  static Optional<Section> of(StoreContents store) {
    return new WorkSection(store).section();
  }

  private Optional<Section> section() {
    List<Report.Block> blocks = new ArrayList<>();
    learning().ifPresent(blocks::add);
    if (comparable()) {
      blocks.add(work());
      blocks.add(table());
    }
    String left =
        all.size() > lines.size()
            ? " The "
                + MOST_LINES
                + " models and recipes with the most bits per parameter are shown, of "
                + Numbers.count(all.size())
                + "."
            : "";
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "learning",
                "Learning curves",
                "Each model and recipe at the data set size of its largest value after the longest"
                    + " training, and at the size that was trained for most lengths. First seed. A"
                    + " line that still rises at its end was stopped early."
                    + left,
                blocks));
  }

  /// Whether a model was trained for several numbers of steps, by several recipes or in several
  /// precisions.
  private boolean comparable() {
    return all.stream().anyMatch(one -> one.lengths().size() > 1)
        || all.stream().map(TrainedLengths::model).distinct().count() < all.size();
  }

  private Optional<Chart> learning() {
    List<LearningCurves.Model> models = new ArrayList<>();
    for (Line line : lines) {
      models.add(
          new LearningCurves.Model(
              line.name(),
              line.color(),
              line.parameters(),
              store.curve().apply(line.trained().longest().trials().getFirst())));
    }
    return LearningCurves.chart(models);
  }

  private Chart work() {
    List<Series> series = new ArrayList<>();
    for (Line line : lines) {
      List<MeasuredSize> lengths = line.trained().lengths();
      series.add(
          new Series(
              line.name(),
              lengths.size() > 1 ? Role.LINE : Role.POINTS,
              line.color(),
              "",
              lengths.stream()
                  .map(size ->
                      Point.of(cost(size).operations(), size.net().dividedBy(line.parameters())))
                  .toList()));
    }
    return new Chart(
        "work",
        "What a bit costs",
        "Operations of one trial in the model's matrix products, the optimizer's left out; the time"
            + " below has all. Each point is a training of its own, from first step to last.",
        Axis.log("floating-point operations"),
        Axis.linear("memorized, bits per parameter"),
        series,
        List.of());
  }

  private Grid table() {
    List<List<String>> rows = new ArrayList<>();
    for (Line line : lines) {
      for (MeasuredSize size : line.trained().lengths()) {
        Cost cost = cost(size);
        rows.add(
            List.of(
                line.name(),
                Numbers.count(size.steps()),
                Numbers.count(size.sequences()),
                String.valueOf(size.trials().size()),
                Numbers.plusMinus(size.net().dividedBy(line.parameters())),
                Numbers.brief(cost.tokens()),
                Numbers.brief(cost.operations()),
                cost.coreSeconds().isPresent()
                    ? Numbers.seconds(cost.coreSeconds().getAsDouble())
                    : "not measured"));
      }
    }
    return new Grid(
        "What a trial costs",
        List.of(
            "model",
            "steps",
            "at N",
            "seeds",
            "bits per parameter",
            "tokens",
            "operations",
            "time of one core"),
        rows);
  }

  /// Of one trial, as a mean over seeds.
  private Cost cost(MeasuredSize size) {
    List<Cost> costs = size.trials().stream().map(store.cost()).toList();
    return Cost.sum(costs).perTrial();
  }

  private static double perParameter(TrainedLengths one) {
    return one.longest().net().mean() / one.model().parameterCount().total();
  }

  /// The model and what tells its training from that of other lines.
  private String name(TrainedLengths one) {
    String name = Figures.name(one.model());
    List<TrainedLengths> alike =
        all.stream().filter(other -> Figures.name(other.model()).equals(name)).toList();
    List<TrainedLengths> same =
        alike.stream().filter(other -> other.model().equals(one.model())).toList();
    List<String> parts = new ArrayList<>(List.of(name));
    differing(alike, one, other -> "V " + other.model().vocabularySize()).ifPresent(parts::add);
    differing(alike, one, other -> "S " + other.model().contextLength()).ifPresent(parts::add);
    differing(same, one, TrainedLengths::precision).ifPresent(parts::add);
    List<TrainedLengths> sameRecipe =
        same.stream()
            .filter(other -> other.precision().equals(one.precision()))
            .filter(other -> other.recipe().equals(one.recipe()))
            .toList();
    differing(sameRecipe, one, other -> "N " + other.sequences()).ifPresent(parts::add);
    String recipe =
        RecipeWords.difference(one.recipe(), same.stream().map(TrainedLengths::recipe).toList());
    return String.join(" ", parts) + (recipe.isEmpty() ? "" : ", " + recipe);
  }

  private static Optional<String> differing(
      List<TrainedLengths> all, TrainedLengths one, Function<TrainedLengths, String> part) {
    return all.stream().map(part).distinct().count() > 1
        ? Optional.of(part.apply(one))
        : Optional.empty();
  }
}
