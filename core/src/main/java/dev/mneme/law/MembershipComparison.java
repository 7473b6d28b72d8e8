package dev.mneme.law;

import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Predicted F1 beside observed F1.
///
/// @param predictor what predicted
/// @param rows one for each observation, in the order given; at least one
public record MembershipComparison(MembershipPredictor predictor, List<Row> rows) {
  /// One observation.
  ///
  /// @param observation what was measured
  /// @param predicted what the law says, with its band
  public record Row(MembershipObservation observation, Estimate<Double> predicted) {
    /// Observed minus predicted.
    public double error() {
      return observation.f1() - predicted.value();
    }
  }

  public MembershipComparison {
    rows = List.copyOf(rows);
  }

  /// Compares a law with observations, which should be others than it was fitted to.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException where there are none
  public static MembershipComparison of(
      MembershipPredictor predictor, List<MembershipObservation> observations) {
    new Mistakes()
        .require(
            !observations.isEmpty(),
            "observations",
            "none to compare with",
            "at least 1",
            "Hold some sizes out.")
        .check();
    return new MembershipComparison(
        predictor,
        observations.stream()
            .map(observation ->
                new Row(observation, predictor.at(observation.dataBitsPerParameter())))
            .toList());
  }

  /// Fits the law to some observations and predicts the others.
  ///
  /// @param heldOut which are only predicted, such as those of models above some size
  /// @param seed of the bootstrap
  /// @param resamples see [MembershipFit#of]
  /// @throws dev.mneme.model.InvalidConfigurationException where none is held out, or what remains
  ///   does not determine the law
  public static MembershipComparison holdingOut(
      List<MembershipObservation> observations,
      Predicate<MembershipObservation> heldOut,
      Seed seed,
      int resamples) {
    List<MembershipObservation> kept = new ArrayList<>(observations);
    List<MembershipObservation> out = observations.stream().filter(heldOut).toList();
    kept.removeIf(heldOut);
    return of(MembershipFit.of(kept, seed, resamples), out);
  }

  /// Holds out the largest models: the law is to predict beyond where it was fitted.
  ///
  /// @param sizes how many parameter counts, from the largest, to hold out
  public static MembershipComparison holdingOutLargest(
      List<MembershipObservation> observations, int sizes, Seed seed, int resamples) {
    List<Long> largest =
        observations.stream()
            .map(MembershipObservation::parameters)
            .distinct()
            .sorted(java.util.Comparator.reverseOrder())
            .limit(Math.max(0, sizes))
            .toList();
    return holdingOut(
        observations, observation -> largest.contains(observation.parameters()), seed, resamples);
  }

  /// Holds out what has the most data for its model: the law is to predict how far F1 falls.
  ///
  /// @param positions how many different data bits per parameter, from the largest, to hold out
  public static MembershipComparison holdingOutMostData(
      List<MembershipObservation> observations, int positions, Seed seed, int resamples) {
    List<Double> largest =
        observations.stream()
            .map(MembershipObservation::dataBitsPerParameter)
            .distinct()
            .sorted(java.util.Comparator.reverseOrder())
            .limit(Math.max(0, positions))
            .toList();
    return holdingOut(
        observations,
        observation -> largest.contains(observation.dataBitsPerParameter()),
        seed,
        resamples);
  }

  /// The largest absolute difference.
  public double largestError() {
    return rows.stream().mapToDouble(row -> Math.abs(row.error())).max().orElseThrow();
  }

  /// `√(mean of squared differences)`.
  public double rootMeanSquareError() {
    return Math.sqrt(
        rows.stream().mapToDouble(row -> row.error() * row.error()).average().orElseThrow());
  }
}
