package dev.mneme.measure;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;

/// What more training would still have added, extrapolated from runs of fewer steps.
///
/// Memorized bits grow from one doubling of steps to the next by gains that shrink. The model: with
/// `k` the doublings beyond the full run (negative before it), `b₀` the level of the full run, `g`
/// the gain of its last doubling and `r` the share that every doubling adds of the one before,
///
/// `b(k) = b₀ + g · r · (1 − rᵏ) / (1 − r)`, and `b₀ + g · k` for `r = 1`.
///
/// This is a power law of the steps where `r < 1`, a logarithm where `r = 1`, and faster than that
/// beyond. For each `r` of a grid the other two follow by least squares, and the normal errors of
/// their prediction are known; the grid is weighed by how well each `r` explains the runs (flat
/// priors for all three). The interval holds 95% of that mixture, and never more than the data set
/// has left to give.
///
/// @param steps how many times the steps of the full run the prediction is for, such as 10
/// @param share expected gain over the full run's figure, such as 0.04 for 4%
/// @param low lower bound of a 95% interval; negative where a loss cannot be ruled out
/// @param high upper bound; no more than the ceiling allows
/// @param ceiling the gain at which the data set is memorized whole
public record RemainingGain(double steps, double share, double low, double high, double ceiling) {
  /// How many times longer a run the prediction is for.
  public static final double TEN_TIMES = 10;

  /// Fewest runs of different lengths that a gain and its shrinking can be read from.
  public static final int LEAST_RUNS = 3;

  private static final double LARGEST_RATIO = 1.1;
  private static final double RATIO_STEP = 0.025;

  /// Spread of single runs before their seeds are looked at, as a share of the figure: small models
  /// trained alike from other seeds differed by 0.4 to 1%.
  private static final double PRIOR_SPREAD = 0.01;

  /// How many observations the spread assumed above counts for.
  private static final double PRIOR_WEIGHT = 4;

  /// How far real curves stray from the model at every length, as a share of the figure; more seeds
  /// do not lessen it. Chosen so that intervals hold on `experiments/ten-times-longer.yaml`.
  private static final double MODEL_ERROR = 0.012;

  /// A model fills its data set up ever more slowly: of the gap to the ceiling, runs ten times as
  /// long closed 83 to 98% where the model above said all of it. So the estimate is never more than
  /// the first and the lower bound never more than the second of these shares.
  private static final double CLOSED = 0.93;

  private static final double SURELY_CLOSED = 0.8;

  private static final NormalDistribution STANDARD = new NormalDistribution();

  public RemainingGain {
    if (!(low <= share && share <= high && high <= ceiling) || !Double.isFinite(low)) {
      throw new IllegalArgumentException(
          Figures.format(
              "a gain needs finite low <= share <= high <= ceiling, but was given %s, %s, %s, %s",
              low, share, high, ceiling));
    }
  }

  /// Runs of one length.
  ///
  /// @param steps optimizer steps, at least 1
  /// @param net net memorized bits of each seed, at least one
  public record Runs(long steps, List<Double> net) {
    public Runs {
      net = List.copyOf(net);
      if (steps < 1 || net.isEmpty() || !net.stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "runs need at least 1 step and finite bits of at least 1 seed, but had "
                + steps
                + " steps and "
                + net);
      }
    }

    /// Mean over seeds, in bits.
    public double mean() {
      return net.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /// Extrapolates.
  ///
  /// @param runs at least [#LEAST_RUNS] lengths, steps ascending; the last is the full run, and its
  ///   mean must be positive
  /// @param ceilingBits what the data set lets a model memorize, net
  /// @param steps how many times the steps of the full run to look ahead, above 1
  public static RemainingGain extrapolate(List<Runs> runs, double ceilingBits, double steps) {
    check(runs, steps);
    double full = runs.getLast().mean();
    double spread = spread(runs, full);
    double modelError = MODEL_ERROR * full;
    double ahead = log2(steps);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 1; i * RATIO_STEP <= LARGEST_RATIO + 1e-9; i++) {
      candidates.add(candidate(runs, i * RATIO_STEP, ahead, spread, modelError));
    }
    double best = candidates.stream().mapToDouble(Candidate::logWeight).max().orElseThrow();
    Mixture mixture =
        new Mixture(
            candidates.stream().map(each -> each.withLogWeight(each.logWeight() - best)).toList());
    double room = Math.max(0, ceilingBits / full - 1);
    double low = (1 - SeedStatistics.CONFIDENCE) / 2;
    return new RemainingGain(
        steps,
        Math.min(CLOSED * room, mixture.quantile(0.5) / full),
        Math.min(SURELY_CLOSED * room, mixture.quantile(low) / full),
        Math.min(room, mixture.quantile(1 - low) / full),
        room);
  }

  /// One sentence for a reader, figures in percent of the full run's.
  public String sentence() {
    return Figures.format(
            "A run %.0f times as long would add an estimated %+.1f%% (95%%: %+.1f to %+.1f%%",
            steps, 100 * share, 100 * low, 100 * high)
        + (high >= ceiling ? ", all that the data set has left)." : ").");
  }

  private static void check(List<Runs> runs, double steps) {
    boolean ascending = true;
    for (int i = 1; i < runs.size(); i++) {
      ascending &= runs.get(i - 1).steps() < runs.get(i).steps();
    }
    if (runs.size() < LEAST_RUNS || !ascending || !(runs.getLast().mean() > 0)) {
      throw new IllegalArgumentException(
          "an extrapolation needs at least "
              + LEAST_RUNS
              + " lengths of runs in ascending order, the last with a positive mean, but was given "
              + runs);
    }
    if (!(steps > 1 && Double.isFinite(steps))) {
      throw new IllegalArgumentException("steps must be more than 1 times, but were " + steps);
    }
  }

  /// Standard deviation of a single run about its length's mean, in bits, from what is known
  /// beforehand and from the seeds.
  private static double spread(List<Runs> runs, double full) {
    double squares = PRIOR_WEIGHT * PRIOR_SPREAD * PRIOR_SPREAD * full * full;
    double weight = PRIOR_WEIGHT;
    for (Runs length : runs) {
      double mean = length.mean();
      for (double net : length.net()) {
        squares += (net - mean) * (net - mean);
      }
      weight += length.net().size() - 1;
    }
    return Math.sqrt(squares / weight);
  }

  /// The gain ahead under one ratio: a normal distribution and the logarithm of its weight.
  private record Candidate(double mean, double deviation, double logWeight) {
    Candidate withLogWeight(double other) {
      return new Candidate(mean, deviation, other);
    }
  }

  /// Weighted least squares for level and gain; the evidence of the ratio is `exp(−χ²/2) /
  /// √det(XᵀWX)`.
  private static Candidate candidate(
      List<Runs> runs, double ratio, double ahead, double spread, double modelError) {
    long full = runs.getLast().steps();
    double sw = 0;
    double sx = 0;
    double sxx = 0;
    double sy = 0;
    double sxy = 0;
    for (Runs length : runs) {
      double weight = 1 / variance(length, spread, modelError);
      double x = doublings(ratio, log2((double) length.steps() / full));
      double y = length.mean();
      sw += weight;
      sx += weight * x;
      sxx += weight * x * x;
      sy += weight * y;
      sxy += weight * x * y;
    }
    double determinant = sw * sxx - sx * sx;
    double gain = (sw * sxy - sx * sy) / determinant;
    double level = (sy - gain * sx) / sw;
    double misfit = 0;
    for (Runs length : runs) {
      double x = doublings(ratio, log2((double) length.steps() / full));
      double residual = length.mean() - level - gain * x;
      misfit += residual * residual / variance(length, spread, modelError);
    }
    double x = doublings(ratio, ahead);
    // the gain is counted from the measured figure, whose own error is part of what is not known
    double mean = level + gain * x - runs.getLast().mean();
    double variance =
        (sxx - 2 * x * sx + x * x * sw) / determinant
            + variance(runs.getLast(), spread, modelError);
    return new Candidate(mean, Math.sqrt(variance), -misfit / 2 - Math.log(determinant) / 2);
  }

  /// Of the mean over the seeds of one length about the model.
  private static double variance(Runs length, double spread, double modelError) {
    return spread * spread / length.net().size() + modelError * modelError;
  }

  /// The sum `r + r² + … + rᵏ`, continued to any `k`.
  private static double doublings(double ratio, double k) {
    return Math.abs(1 - ratio) < 1e-9 ? k : ratio * (1 - Math.pow(ratio, k)) / (1 - ratio);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private record Mixture(List<Candidate> candidates) {
    double quantile(double share) {
      double low =
          candidates.stream()
              .mapToDouble(each -> each.mean - 10 * each.deviation)
              .min()
              .orElseThrow();
      double high =
          candidates.stream()
              .mapToDouble(each -> each.mean + 10 * each.deviation)
              .max()
              .orElseThrow();
      for (int i = 0; i < 200; i++) {
        double middle = (low + high) / 2;
        if (below(middle) < share) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return (low + high) / 2;
    }

    private double below(double gain) {
      double sum = 0;
      double total = 0;
      for (Candidate each : candidates) {
        double weight = Math.exp(each.logWeight);
        sum += weight * STANDARD.cumulativeProbability((gain - each.mean) / each.deviation);
        total += weight;
      }
      return sum / total;
    }
  }
}
