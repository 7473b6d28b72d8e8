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
import dev.mneme.law.RecipeFrontier;
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
  private final List<RecipeFrontier> all;
  private final List<RecipeFrontier> shown;

  private WorkSection(StoreContents store) {
    this.store = store;
    this.all = RecipeFrontier.all(store.finished());
    List<RecipeFrontier> most =
        all.stream()
            .sorted(Comparator.comparingDouble(WorkSection::perParameter).reversed())
            .limit(MOST_LINES)
            .toList();
    this.shown = all.stream().filter(most::contains).toList();
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
        all.size() > shown.size()
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
                "Each model at the data set size of its largest value, first seed. A line that"
                    + " still rises at its end was stopped early."
                    + left,
                blocks));
  }

  /// Whether a model was trained for several numbers of steps or by several recipes.
  private boolean comparable() {
    return all.stream().anyMatch(one -> one.best().size() > 1)
        || all.stream().map(RecipeFrontier::model).distinct().count() < all.size();
  }

  private Optional<Chart> learning() {
    List<LearningCurves.Model> models = new ArrayList<>();
    for (RecipeFrontier one : shown) {
      models.add(
          new LearningCurves.Model(
              name(one),
              shown.indexOf(one),
              one.model().parameterCount().total(),
              store.curve().apply(one.longest().trials().getFirst())));
    }
    return LearningCurves.chart(models);
  }

  private Chart work() {
    List<Series> series = new ArrayList<>();
    for (RecipeFrontier one : shown) {
      long parameters = one.model().parameterCount().total();
      series.add(
          new Series(
              name(one),
              one.best().size() > 1 ? Role.LINE : Role.POINTS,
              shown.indexOf(one),
              "",
              one.best().stream()
                  .map(size -> Point.of(cost(size).operations(), size.net().dividedBy(parameters)))
                  .toList()));
    }
    return new Chart(
        "work",
        "What a bit costs",
        "Operations of one trial in matrix products. Each point is a training of its own, from"
            + " its first step to its last, at the size N of its largest value.",
        Axis.log("floating-point operations"),
        Axis.linear("memorized, bits per parameter"),
        series,
        List.of());
  }

  private Grid table() {
    List<List<String>> rows = new ArrayList<>();
    for (RecipeFrontier one : shown) {
      long parameters = one.model().parameterCount().total();
      for (MeasuredSize size : one.best()) {
        Cost cost = cost(size);
        rows.add(
            List.of(
                name(one),
                Numbers.count(size.steps()),
                Numbers.count(size.sequences()),
                String.valueOf(size.trials().size()),
                Numbers.plusMinus(size.net().dividedBy(parameters)),
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

  private static double perParameter(RecipeFrontier one) {
    return one.longest().net().mean() / one.model().parameterCount().total();
  }

  /// A name that no other line has: the model and what tells it from others.
  private String name(RecipeFrontier one) {
    String name = Figures.name(one.model());
    List<RecipeFrontier> alike =
        all.stream().filter(other -> Figures.name(other.model()).equals(name)).toList();
    List<RecipeFrontier> same =
        alike.stream().filter(other -> other.model().equals(one.model())).toList();
    List<String> parts = new ArrayList<>(List.of(name));
    differing(alike, one, other -> "V " + other.model().vocabularySize()).ifPresent(parts::add);
    differing(alike, one, other -> "S " + other.model().contextLength()).ifPresent(parts::add);
    differing(same, one, RecipeFrontier::precision).ifPresent(parts::add);
    String recipe =
        RecipeWords.difference(one.recipe(), same.stream().map(RecipeFrontier::recipe).toList());
    return String.join(" ", parts) + (recipe.isEmpty() ? "" : ", " + recipe);
  }

  private static Optional<String> differing(
      List<RecipeFrontier> all, RecipeFrontier one, Function<RecipeFrontier, String> part) {
    return all.stream().map(part).distinct().count() > 1
        ? Optional.of(part.apply(one))
        : Optional.empty();
  }
}
