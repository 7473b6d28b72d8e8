package dev.mneme.law;

import dev.mneme.measure.CapacityLine;
import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// `capacity = α · parameters` (Morris et al., arXiv 2505.24832), fitted to the mean capacities of
/// models by least squares through the origin, see [CapacityLine]. Fit the precisions apart.
///
/// Two intervals answer two questions. *Over models*: how far may α be off for a model of another
/// shape? Student's t of the line. *Over seeds*: how far would α move if the same models were
/// trained with other seeds? A bootstrap that draws seeds anew within each model.
///
/// @param line the fit, with α as its slope, and its interval over models
/// @param models the points of the line with their seeds, by ascending parameters
/// @param overSeeds 95% interval of α; empty unless every model has at least 2 seeds
/// @param meanOverModels mean of bits per parameter, every model counted alike, with its 95%
///   interval over models
public record CapacityLaw(
    CapacityLine.ThroughOrigin line,
    List<Model> models,
    Optional<Interval> overSeeds,
    Interval meanOverModels) {
  /// One model.
  ///
  /// @param name see [CapacityTrial]
  /// @param parameters all trainable ones
  /// @param capacity mean over seeds in bits with its 95% interval over seeds
  /// @param residual mean minus `α · parameters`
  public record Model(String name, long parameters, Interval capacity, Bits residual) {}

  private static final int MOST_RESAMPLES = 1_000_000;

  public CapacityLaw {
    models = List.copyOf(models);
  }

  /// Fits α.
  ///
  /// @param trials models of at least 2 different parameter counts; each seed once per model
  /// @param seed of the bootstrap
  /// @param resamples 100 to 1,000,000
  /// @throws dev.mneme.model.InvalidConfigurationException naming everything that prevents a fit
  public static CapacityLaw fit(List<CapacityTrial> trials, Seed seed, int resamples) {
    TreeMap<ModelKey, double[]> byModel = byModel(trials);
    long different = byModel.keySet().stream().mapToLong(ModelKey::parameters).distinct().count();
    new Mistakes()
        .require(
            different >= 2,
            "models",
            different + " of different size",
            "at least 2 of different size",
            "One model has a capacity, but a line needs several.")
        .require(
            repeated(trials).isEmpty(),
            "trials",
            String.join(", ", repeated(trials)) + " more than once",
            "each seed once per model",
            "The same trial must not count twice.")
        .range("resamples", resamples, 100, MOST_RESAMPLES, "2000 are enough.")
        .check();
    List<Interval> capacities = byModel.values().stream().map(SeedStatistics::interval).toList();
    List<ModelKey> models = List.copyOf(byModel.keySet());
    CapacityLine.ThroughOrigin line =
        CapacityLine.throughOrigin(
            IntStream.range(0, models.size())
                .mapToObj(i ->
                    new CapacityLine.Point(
                        models.get(i).parameters(), new Bits(capacities.get(i).mean())))
                .toList());
    return new CapacityLaw(
        line,
        IntStream.range(0, models.size())
            .mapToObj(i ->
                new Model(
                    models.get(i).name(),
                    models.get(i).parameters(),
                    capacities.get(i),
                    line.residuals().get(i)))
            .toList(),
        SeedBootstrap.interval(line.slope().mean(), byModel, seed, resamples),
        SeedStatistics.interval(
            IntStream.range(0, models.size())
                .mapToDouble(i -> capacities.get(i).mean() / models.get(i).parameters())
                .toArray()));
  }

  private static TreeMap<ModelKey, double[]> byModel(List<CapacityTrial> trials) {
    return trials.stream()
        .collect(
            Collectors.groupingBy(
                trial -> new ModelKey(trial.parameters(), trial.model()),
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(),
                    group -> group.stream().mapToDouble(t -> t.capacity().value()).toArray())));
  }

  private static List<String> repeated(List<CapacityTrial> trials) {
    Set<String> seen = new HashSet<>();
    return trials.stream()
        .map(trial ->
            "seed "
                + trial.seed()
                + " of "
                + (trial.model().isEmpty() ? "" : trial.model() + ", ")
                + trial.parameters()
                + " parameters")
        .filter(name -> !seen.add(name))
        .distinct()
        .limit(10)
        .toList();
  }

  /// α with its interval over models: what to expect of a model of another shape.
  public Alpha alpha() {
    return new Alpha(
        new Estimate<>(
            new BitsPerParameter(line.slope().low()),
            new BitsPerParameter(line.slope().mean()),
            new BitsPerParameter(line.slope().high())),
        "95% interval over " + models.size() + " fitted models");
  }
}
