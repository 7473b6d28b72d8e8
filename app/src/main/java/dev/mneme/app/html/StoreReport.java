package dev.mneme.app.html;

import dev.mneme.app.html.Report.Figure;
import dev.mneme.app.html.Report.Grid;
import dev.mneme.app.html.Report.Section;
import dev.mneme.app.output.Numbers;
import dev.mneme.law.CapacityAnalysis;
import dev.mneme.law.MeasuredCapacity;
import dev.mneme.measure.Interval;
import dev.mneme.model.GptConfig;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/// The report of a store of trials on random tokens. Capacities, the line through them and what is
/// left out are those of [CapacityAnalysis].
public final class StoreReport {
  /// What every capacity is.
  static final String LABEL =
      "Every figure is a lower bound at its training budget: gradient descent stopped there, and"
          + " longer training can only find more.";

  private static final int RESAMPLES = 2000;

  private final StoreContents store;
  private final List<CapacityAnalysis> analyses;

  private StoreReport(StoreContents store) {
    this.store = store;
    this.analyses =
        CapacityAnalysis.of(
            store.finished(),
            new CapacityAnalysis.Question(false, OptionalInt.of(0), new Seed(1), RESAMPLES));
  }

  /// What the store says.
  public static Report of(StoreContents store) {
    return new StoreReport(store).report();
  }

  private Report report() {
    List<String> notices = new ArrayList<>();
    if (store.finished().isEmpty()) {
      notices.add(
          store.diverged() + store.failed() == 0
              ? "Nothing has finished yet, so there is nothing to show."
              : "No trial on random tokens finished, so there is no result to show.");
    }
    if (store.text() > 0) {
      notices.add(
          Numbers.plural(store.text(), "trial")
              + " on text finished, too. What they found is in the report of their run folder:"
              + " mneme report RUN.");
    }
    List<Section> sections = new ArrayList<>();
    if (!store.finished().isEmpty()) {
      sections.add(memorized());
      perParameter().ifPresent(sections::add);
      PrecisionSection.of(analyses).ifPresent(sections::add);
      WorkSection.of(store).ifPresent(sections::add);
      main()
          .flatMap(analysis -> SequenceSection.of(analysis.capacities(), store.scores()))
          .ifPresent(sections::add);
    }
    if (store.diverged() + store.failed() > 0) {
      sections.add(Unfinished.section(store.diverged(), store.failed(), store.reasons()));
    }
    return new Report(
        title(), scope(), store.finished().isEmpty() ? "" : LABEL, figures(), notices, sections);
  }

  private String title() {
    return store.finished().isEmpty()
        ? "No result on random tokens"
        : "How many bits do these models memorize?";
  }

  private String scope() {
    return store.name()
        + " · "
        + Numbers.plural(store.finished().size(), "finished trial")
        + " on random tokens · "
        + Numbers.plural(
            analyses.stream().mapToLong(analysis -> analysis.capacities().size()).sum(), "model")
        + (analyses.isEmpty()
            ? ""
            : " · "
                + String.join(", ", analyses.stream().map(CapacityAnalysis::precision).toList()));
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    main()
        .flatMap(CapacityAnalysis::law)
        .ifPresent(law -> {
          Interval slope = law.line().slope();
          figures.add(
              new Figure(
                  "Bits per parameter over all models",
                  Numbers.decimals(slope.mean(), 2),
                  "bits",
                  Optional.of(slope),
                  Figures.range(slope),
                  "slope through "
                      + Numbers.plural(law.models().size(), "model")
                      + ", R² "
                      + Numbers.decimals(law.line().rSquared(), 4)
                      + "; the paper: 3.64"));
        });
    List<MeasuredCapacity> all =
        analyses.stream().flatMap(analysis -> analysis.capacities().stream()).toList();
    all.stream()
        .filter(one -> one.peak().net().mean() > 0)
        .max(Comparator.comparingDouble(one -> one.peak().net().mean() / one.parameters()))
        .ifPresent(best -> {
          Interval net = best.peak().net().dividedBy(best.parameters());
          figures.add(
              new Figure(
                  "Most bits per parameter",
                  Numbers.decimals(net.mean(), 2),
                  "bits",
                  Optional.of(net),
                  Figures.range(net),
                  Figures.name(best.model())
                      + " after "
                      + Numbers.count(best.steps())
                      + " steps; "
                      + (best.plateau().enclosed() ? "plateau seen" : "plateau not seen")));
        });
    all.stream()
        .filter(one -> one.peak().net().mean() > 0)
        .max(Comparator.comparingDouble(one -> one.peak().net().mean()))
        .ifPresent(largest ->
            figures.add(
                Figures.bits(
                    "Most bits in one model",
                    largest.peak().net(),
                    Figures.name(largest.model())
                        + ", "
                        + Numbers.count(largest.parameters())
                        + " parameters, N "
                        + Numbers.count(largest.peak().sequences()))));
    return figures;
  }

  /// The precision with a line through the most models, and otherwise with the most models.
  private Optional<CapacityAnalysis> main() {
    return analyses.stream()
        .max(
            Comparator.comparingInt(
                    (CapacityAnalysis one) -> one.law().map(law -> law.models().size()).orElse(0))
                .thenComparingInt(one -> one.capacities().size()));
  }

  private Section memorized() {
    List<Report.Block> blocks = new ArrayList<>();
    for (CapacityAnalysis analysis : analyses) {
      Map<List<Integer>, List<ModelCurve>> alike =
          new TreeMap<>(Comparator.comparing(List::toString));
      for (MeasuredCapacity capacity : analysis.capacities()) {
        if (capacity.sizes().size() > 1) {
          GptConfig model = capacity.model();
          alike
              .computeIfAbsent(
                  List.of(model.vocabularySize(), model.contextLength()), k -> new ArrayList<>())
              .add(curve(analysis, capacity));
        }
      }
      alike.forEach((shape, curves) ->
          blocks.add(
              CapacityCharts.memorized(
                  "memorized-" + (blocks.size() + 1),
                  "V "
                      + Numbers.count(shape.get(0))
                      + ", S "
                      + Numbers.count(shape.get(1))
                      + ", "
                      + analysis.precision(),
                  curves)));
    }
    blocks.add(capacities());
    return new Section(
        "memorized",
        "Memorized bits against data set size",
        "Random tokens can only be memorized. Small sets are kept almost whole, along the ceiling;"
            + " where a line bends and stays level, the model is full.",
        blocks);
  }

  private static ModelCurve curve(CapacityAnalysis analysis, MeasuredCapacity capacity) {
    GptConfig model = capacity.model();
    return new ModelCurve(
        Figures.name(model),
        capacity.parameters(),
        Bits.toChoose(model.vocabularySize()).value() * model.contextLength(),
        capacity.sizes().stream()
            .map(size ->
                new ModelCurve.Size(
                    size.sequences(), size.net(), OptionalDouble.of(size.ceiling().value())))
            .toList(),
        capacity.peak().net().mean() > 0
            ? Optional.of(
                new ModelCurve.Size(
                    capacity.peak().sequences(),
                    capacity.peak().net(),
                    OptionalDouble.of(capacity.peak().ceiling().value())))
            : Optional.empty(),
        analysis.capacities().indexOf(capacity),
        capacity.plateau().enclosed());
  }

  private Grid capacities() {
    List<List<String>> rows = new ArrayList<>();
    for (CapacityAnalysis analysis : analyses) {
      for (MeasuredCapacity one : analysis.capacities()) {
        rows.add(
            List.of(
                Figures.name(one.model()),
                analysis.precision(),
                Numbers.count(one.model().vocabularySize()),
                Numbers.count(one.model().contextLength()),
                Numbers.count(one.parameters()),
                Numbers.count(one.steps()),
                Numbers.count(one.peak().sequences()),
                String.valueOf(one.peak().trials().size()),
                Numbers.bits(one.peak().net().mean()),
                Numbers.plusMinus(one.peak().net().dividedBy(one.parameters())),
                one.plateau().enclosed() ? "seen" : "not seen"));
      }
    }
    return new Grid(
        "Largest value of every model",
        List.of(
            "model",
            "precision",
            "V",
            "S",
            "parameters",
            "steps",
            "at N",
            "seeds",
            "memorized",
            "bits per parameter",
            "plateau"),
        rows);
  }

  private Optional<Section> perParameter() {
    List<CapacityCharts.Group> groups =
        analyses.stream()
            .map(analysis ->
                new CapacityCharts.Group(
                    analysis.precision(),
                    analysis.capacities().stream().map(one -> curve(analysis, one)).toList()))
            .toList();
    long sizes =
        groups.stream()
            .flatMap(group -> group.curves().stream())
            .filter(curve -> curve.peak().isPresent())
            .map(ModelCurve::parameters)
            .distinct()
            .count();
    if (sizes < 2) {
      return Optional.empty();
    }
    Optional<Interval> slope = main().flatMap(CapacityAnalysis::law).map(law -> law.line().slope());
    return Optional.of(
        new Section(
            "parameters",
            "Bits per parameter",
            slope.isPresent()
                ? "Capacity grows with the number of parameters: a line through the origin is a"
                    + " level here. It is fitted to the models whose plateau was seen."
                : "No line is fitted: it takes two models of different size whose plateau was"
                    + " seen.",
            List.of(CapacityCharts.perParameter("per-parameter", groups, slope))));
  }
}
