package dev.mneme.law;

import dev.mneme.measure.Interval;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A membership law fitted to one's own observations by non-linear least squares.
///
/// Intervals come from a bootstrap of the observations: as many are drawn with replacement, the
/// constants are fitted again, and the spread of the fits is read off (with Student's allowance for
/// few observations, `n − 3` degrees of freedom). Observations are taken as independent of each
/// other and need not have the same spread. The constants are strongly correlated: a wide interval
/// of each goes with a narrow band of the curve.
///
/// @param law the best constants
/// @param c1 95% interval
/// @param c2 95% interval
/// @param c3 95% interval
/// @param residualDeviation of the observations around the curve, `√(Σ r² / (n − 3))`
/// @param atBounds how many of the refitted laws ran into the bounds of the search; where it is not
///   0, the intervals end at those bounds and the constants are hardly determined
/// @param exponential whether F1 falls like an exponential, which the law becomes as c1 grows; c2
///   and the curve are then determined, c1 and c3 are not
/// @param resampled the refitted laws
public record MembershipFit(
    MembershipLaw law,
    Interval c1,
    Interval c2,
    Interval c3,
    double residualDeviation,
    int atBounds,
    boolean exponential,
    List<MembershipLaw> resampled)
    implements MembershipPredictor {
  /// Enough for the outer percentiles.
  public static final int USUAL_RESAMPLES = 2000;

  /// Constants of the law.
  private static final int CONSTANTS = 3;

  private static final int FEWEST_OBSERVATIONS = 6;
  private static final int FEWEST_POSITIONS = 4;

  /// An exponential that falls less than this over the observations may as well be a line.
  private static final double LEAST_FALL = 0.1;

  private static final int MOST_RESAMPLES = 1_000_000;

  public MembershipFit {
    resampled = List.copyOf(resampled);
  }

  /// Fits the constants.
  ///
  /// @param observations at least 6, at 4 different z or more
  /// @param seed of the bootstrap
  /// @param resamples 100 to 1,000,000; [#USUAL_RESAMPLES] are enough
  /// @throws dev.mneme.model.InvalidConfigurationException naming everything because of which the
  ///   constants cannot be determined
  public static MembershipFit of(
      List<MembershipObservation> observations, Seed seed, int resamples) {
    check(observations, resamples);
    double span =
        observations.stream()
            .mapToDouble(MembershipObservation::dataBitsPerParameter)
            .max()
            .orElseThrow();
    MembershipCurve curve = new MembershipCurve(span);
    MembershipSearch search = new MembershipSearch(observations, curve);
    double[] best = search.fromAnywhere();
    new Mistakes()
        .require(
            !curve.atBounds(best) || isExponentialFall(observations, best),
            "observations",
            "F1 values that no finite constants fit best",
            "F1 that falls with data bits per parameter, seen on both sides of the fall",
            "Add observations with more, and with fewer, data bits per parameter.")
        .check();
    List<MembershipLaw> laws = new ArrayList<>(resamples);
    int atBounds = 0;
    for (int index = 0; index < resamples; index++) {
      RandomStream stream = seed.derive("membership-bootstrap", index).stream();
      double[] point = new MembershipSearch(draw(observations, stream), curve).from(best);
      atBounds += curve.atBounds(point) ? 1 : 0;
      laws.add(MembershipCurve.lawAt(point));
    }
    MembershipLaw law = MembershipCurve.lawAt(best);
    int count = observations.size();
    return new MembershipFit(
        law,
        interval(law, laws, count, MembershipLaw::c1),
        interval(law, laws, count, MembershipLaw::c2),
        interval(law, laws, count, MembershipLaw::c3),
        Math.sqrt(search.squares(best) / (count - CONSTANTS)),
        atBounds,
        MembershipCurve.isExponential(best),
        laws);
  }

  private static boolean isExponentialFall(
      List<MembershipObservation> observations, double[] point) {
    DoubleSummaryStatistics z =
        observations.stream()
            .mapToDouble(MembershipObservation::dataBitsPerParameter)
            .summaryStatistics();
    double fall =
        MembershipCurve.value(point, z.getMin()) - MembershipCurve.value(point, z.getMax());
    return MembershipCurve.isExponential(point) && fall > LEAST_FALL;
  }

  private static void check(List<MembershipObservation> observations, int resamples) {
    long positions = positions(observations);
    String hint = "Attack models of several sizes, or one model trained on several data sets.";
    new Mistakes()
        .require(
            observations.size() >= FEWEST_OBSERVATIONS,
            "observations",
            observations.size(),
            "at least " + FEWEST_OBSERVATIONS + " to fit three constants with intervals",
            hint)
        .require(
            positions >= FEWEST_POSITIONS,
            "data bits per parameter",
            positions + " different",
            "at least " + FEWEST_POSITIONS + " different",
            hint)
        .require(
            observations.isEmpty()
                || observations.stream().mapToDouble(MembershipObservation::f1).distinct().count()
                    > 1,
            "F1",
            "the same in every observation",
            "F1 that falls with data bits per parameter",
            hint)
        .range("resamples", resamples, 100, MOST_RESAMPLES, "2000 are enough.")
        .check();
  }

  private static long positions(List<MembershipObservation> observations) {
    return observations.stream()
        .mapToDouble(MembershipObservation::dataBitsPerParameter)
        .distinct()
        .count();
  }

  /// Draws with replacement, again where too few positions are among the drawn to fit anything.
  private static List<MembershipObservation> draw(
      List<MembershipObservation> observations, RandomStream stream) {
    while (true) {
      List<MembershipObservation> drawn = new ArrayList<>(observations.size());
      for (int i = 0; i < observations.size(); i++) {
        drawn.add(observations.get(stream.nextInt(observations.size())));
      }
      if (positions(drawn) >= CONSTANTS) {
        return drawn;
      }
    }
  }

  private static Interval interval(
      MembershipLaw law,
      List<MembershipLaw> laws,
      int observations,
      ToDoubleFunction<MembershipLaw> constant) {
    return Percentiles.of(observations - CONSTANTS)
        .around(
            constant.applyAsDouble(law),
            laws.stream().mapToDouble(constant).toArray(),
            observations);
  }

  /// The number of observations behind the fit.
  public int observations() {
    return c1.observations();
  }

  /// The curve with its pointwise 95% interval. Single observations scatter around the curve by
  /// [#residualDeviation] besides.
  @Override
  public Estimate<Double> at(double dataBitsPerParameter) {
    Interval interval =
        interval(law, resampled, observations(), other -> other.at(dataBitsPerParameter));
    return new Estimate<>(interval.low(), interval.mean(), interval.high());
  }

  @Override
  public String bandLabel() {
    return "95% interval of the fitted curve, bootstrap over " + observations() + " observations";
  }
}
