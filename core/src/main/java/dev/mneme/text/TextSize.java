package dev.mneme.text;

import dev.mneme.attack.Attack;
import dev.mneme.attack.AttackResult;
import dev.mneme.attack.Rate;
import dev.mneme.law.MembershipLaw;
import dev.mneme.measure.Interval;
import dev.mneme.measure.SeedStatistics;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// One model on one size of data set, with all its seeds.
///
/// @param sequences size of the training set, N
/// @param seeds at least one, of one model and this size
public record TextSize(int sequences, List<TextCell> seeds) {
  public TextSize {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("a size needs at least one seed");
    }
  }

  /// The sizes of a model, in ascending order.
  public static List<TextSize> of(TextModel model) {
    Map<Integer, List<TextCell>> bySize = new TreeMap<>();
    model
        .cells()
        .forEach(
            cell -> bySize.computeIfAbsent(cell.sequences(), size -> new ArrayList<>()).add(cell));
    return bySize.entrySet().stream()
        .map(entry -> new TextSize(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// A figure's mean over seeds.
  public double mean(ToDoubleFunction<TextCell> figure) {
    return seeds.stream().mapToDouble(figure).average().orElseThrow();
  }

  /// A figure's mean over seeds with the 95% interval over seeds (Student's t); of a single seed,
  /// the figure with its own interval, which is over sequences.
  public Interval overSeeds(Function<TextCell, Interval> figure) {
    List<Interval> figures = seeds.stream().map(figure).toList();
    return figures.size() == 1
        ? figures.getFirst()
        : SeedStatistics.interval(figures.stream().mapToDouble(Interval::mean).toArray());
  }

  /// A share's mean over seeds between the means of its bounds. The seeds are tried on the same
  /// sequences, so that more of them do not narrow it.
  public Interval share(Function<TextCell, Rate> figure) {
    return averaged(seeds.stream().map(figure).map(TextSize::interval).toList());
  }

  /// A figure of an attack, likewise; empty where no seed was attacked that way.
  ///
  /// @param attack [Attack#BLIND] for the baseline without a model
  public Optional<Interval> attack(Attack attack, Function<AttackResult, Interval> figure) {
    List<Interval> figures = results(attack).map(figure).toList();
    return figures.isEmpty() ? Optional.empty() : Optional.of(averaged(figures));
  }

  /// True positives at a false-positive rate of at most 1%, likewise.
  public Optional<Interval> truePositivesAtOnePercent(Attack attack) {
    return attack(attack, result -> interval(result.atOnePercent()));
  }

  private Stream<AttackResult> results(Attack attack) {
    return seeds.stream()
        .flatMap(cell -> cell.attacks().stream())
        .flatMap(report -> Stream.concat(report.results().stream(), Stream.of(report.blind())))
        .filter(result -> result.attack() == attack);
  }

  /// The prefixes that every seed completed, ascending.
  public List<Integer> prefixes() {
    return seeds.getFirst().extraction().stream()
        .map(ExtractionRates::prefix)
        .filter(prefix -> seeds.stream().allMatch(cell -> extraction(cell, prefix).isPresent()))
        .sorted()
        .toList();
  }

  /// The completions of a seed from a prefix.
  public static Optional<ExtractionRates> extraction(TextCell cell, int prefix) {
    return cell.extraction().stream().filter(rates -> rates.prefix() == prefix).findFirst();
  }

  /// The share of extraction that generalization explains, likewise; empty where a seed completed
  /// no training sequence.
  ///
  /// @param prefix one of [#prefixes()]
  public Optional<Interval> explained(int prefix) {
    List<Interval> shares =
        seeds.stream()
            .flatMap(cell -> extraction(cell, prefix).stream())
            .filter(rates -> rates.explained().isPresent())
            .map(rates -> {
              double share = rates.explained().orElseThrow();
              return new Interval(
                  share,
                  Math.min(share, rates.comparison().low()),
                  Math.max(share, rates.comparison().high()),
                  Math.toIntExact(rates.training().cases()));
            })
            .toList();
    return shares.size() < seeds.size() ? Optional.empty() : Optional.of(averaged(shares));
  }

  /// The members that were attacked; empty where no seed was.
  public OptionalInt members() {
    return seeds.stream()
        .flatMap(cell -> cell.attacks().stream())
        .mapToInt(report -> report.blind().members())
        .findFirst();
  }

  /// Data bits per parameter, the variable of [MembershipLaw]: `z = N · S · log2 V / parameters`.
  public double dataBitsPerParameter() {
    var model = seeds.getFirst().trial().specification().model();
    Bits perSequence = Bits.toChoose(model.vocabularySize()).times(model.contextLength());
    return MembershipLaw.dataBitsPerParameter(
        perSequence.times(sequences), model.parameterCount().total());
  }

  private static Interval interval(Rate rate) {
    return new Interval(
        rate.value(),
        Math.min(rate.value(), rate.low()), // rounding may put a bound past the share
        Math.max(rate.value(), rate.high()),
        Math.toIntExact(rate.cases()));
  }

  private static Interval averaged(List<Interval> figures) {
    double mean = average(figures, Interval::mean);
    return new Interval(
        mean,
        Math.min(mean, average(figures, Interval::low)),
        Math.max(mean, average(figures, Interval::high)),
        figures.getFirst().observations());
  }

  private static double average(List<Interval> figures, ToDoubleFunction<Interval> bound) {
    return figures.stream().mapToDouble(bound).average().orElseThrow();
  }
}
