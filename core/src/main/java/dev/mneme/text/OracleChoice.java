package dev.mneme.text;

import dev.mneme.experiment.TrialResult;
import dev.mneme.unit.Bits;
import java.util.List;

/// The oracle and those that might have been.
///
/// @param chosen the one with the shortest code of the reference split
/// @param candidates all that finished, in the order of the plan
public record OracleChoice(Candidate chosen, List<Candidate> candidates) {
  /// A larger model trained on the full set.
  ///
  /// @param trial what was trained
  /// @param referencePerToken mean code length of a token of the reference split, which decides
  /// @param testPerToken mean code length of a token of the test split
  public record Candidate(TrialResult.Finished trial, Bits referencePerToken, Bits testPerToken) {}

  public OracleChoice {
    candidates = List.copyOf(candidates);
  }
}
