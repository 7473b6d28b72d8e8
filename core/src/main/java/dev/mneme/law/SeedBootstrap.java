package dev.mneme.law;

import dev.mneme.measure.Interval;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// How far the slope of the capacity line would move with other seeds.
///
/// Seeds are drawn with replacement within each model; deviations from a mean over n seeds are too
/// small by `√((n−1)/n)`, so they are enlarged. The interval is `slope ± t(0.975, ν) · s` with the
/// standard deviation s of the redrawn slopes and Satterthwaite's degrees of freedom ν of its
/// square. Percentiles of the redrawn slopes would be too narrow: three seeds allow only ten
/// different means, none of them far out.
final class SeedBootstrap {
  private SeedBootstrap() {}

  /// The 95% interval; empty where a model has one seed only.
  ///
  /// @param slope `Σ x · mean / Σ x²`
  /// @param capacities those of every model, by its parameters x
  static Optional<Interval> interval(
      double slope, SortedMap<ModelKey, double[]> capacities, Seed seed, int resamples) {
    if (capacities.values().stream().anyMatch(values -> values.length < 2)) {
      return Optional.empty();
    }
    double squares = capacities.keySet().stream().mapToDouble(ModelKey::square).sum();
    double[] deviations = new double[resamples];
    for (int index = 0; index < resamples; index++) {
      RandomStream stream = seed.derive("capacity-bootstrap", index).stream();
      for (Map.Entry<ModelKey, double[]> model : capacities.entrySet()) {
        deviations[index] +=
            model.getKey().parameters() / squares * drawnDeviation(model.getValue(), stream);
      }
    }
    double spread = Math.sqrt(Arrays.stream(deviations).map(d -> d * d).sum() / resamples);
    double half = Percentiles.studentQuantile(degreesOfFreedom(capacities, squares)) * spread;
    return Optional.of(
        new Interval(slope, slope - half, slope + half, trials(capacities.values())));
  }

  private static double drawnDeviation(double[] values, RandomStream stream) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[stream.nextInt(values.length)] - mean;
    }
    return sum / values.length * Math.sqrt(values.length / (values.length - 1.0));
  }

  /// Satterthwaite (Biometrics Bulletin 2, 1946): `(Σ v)² / Σ v²/(n−1)` over the models' shares v
  /// of the variance; at least 1, and the sum of all n−1 where nothing varies.
  private static double degreesOfFreedom(SortedMap<ModelKey, double[]> capacities, double squares) {
    double sum = 0;
    double weighted = 0;
    int all = 0;
    for (Map.Entry<ModelKey, double[]> model : capacities.entrySet()) {
      double[] values = model.getValue();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
      double weight = model.getKey().parameters() / squares;
      double share = weight * weight * variance / values.length;
      sum += share;
      weighted += share * share / (values.length - 1);
      all += values.length - 1;
    }
    return weighted > 0 ? Math.max(1, sum * sum / weighted) : all;
  }

  private static int trials(Collection<double[]> values) {
    return values.stream().mapToInt(v -> v.length).sum();
  }
}
