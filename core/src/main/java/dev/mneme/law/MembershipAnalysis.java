package dev.mneme.law;

import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.random.Seed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What observations of attacks say about the membership law: its constants, how well it predicts
/// where it was not fitted, and how far the published constants are off.
///
/// @param observations in the order given
/// @param fit to all of them
/// @param heldOut the law fitted to what has less data for its model, beside what has more; empty
///   where nothing was to be held out
/// @param notHeldOut why nothing was held out, as a sentence; empty where something was
/// @param published the published constants beside all observations
public record MembershipAnalysis(
    List<MembershipObservation> observations,
    MembershipFit fit,
    Optional<MembershipComparison> heldOut,
    String notHeldOut,
    MembershipComparison published) {
  public MembershipAnalysis {
    observations = List.copyOf(observations);
  }

  /// Fits and compares.
  ///
  /// @param holdOut how many different data bits per parameter, from the largest, to hold out;
  ///   where empty, a quarter of them, rounded down, unless the rest does not determine the law
  /// @param seed of the bootstrap
  /// @param resamples see [MembershipFit#of]
  /// @throws InvalidConfigurationException where the observations, or those that are not held out
  ///   on request, do not determine the law
  public static MembershipAnalysis of(
      List<MembershipObservation> observations, OptionalInt holdOut, Seed seed, int resamples) {
    MembershipFit fit = MembershipFit.of(observations, seed, resamples);
    int positions =
        (int)
            observations.stream()
                .mapToDouble(MembershipObservation::dataBitsPerParameter)
                .distinct()
                .count();
    Optional<MembershipComparison> heldOut = Optional.empty();
    String reason = "Nothing was held out, as asked.";
    if (holdOut.isPresent() && holdOut.getAsInt() > 0) {
      heldOut =
          Optional.of(
              MembershipComparison.holdingOutMostData(
                  observations, holdOut.getAsInt(), seed, resamples));
    } else if (holdOut.isEmpty()) {
      reason = "Nothing was held out: too few different data bits per parameter.";
      if (positions / 4 > 0) {
        try {
          heldOut =
              Optional.of(
                  MembershipComparison.holdingOutMostData(
                      observations, positions / 4, seed, resamples));
        } catch (InvalidConfigurationException e) {
          reason = "Nothing was held out: the rest does not determine the law.";
        }
      }
    }
    return new MembershipAnalysis(
        observations,
        fit,
        heldOut,
        heldOut.isPresent() ? "" : reason,
        MembershipComparison.of(new PublishedMembership(), observations));
  }
}
