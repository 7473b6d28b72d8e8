package dev.mneme.experiment;

import dev.mneme.attack.MembershipScores;
import java.util.List;

/// What attacks and completions found on the probed sequences of a trial on text: the first ones of
/// its training set and of the test split.
///
/// @param attacks scores of those attacks that look at single tokens or at texts
/// @param completions greedy completions, one entry for each length of prefix
/// @param tokens code lengths of the single tokens of the probed training sequences
public record TextScores(
    List<MembershipScores> attacks, List<Completions> completions, TokenBits tokens) {
  public TextScores {
    attacks = List.copyOf(attacks);
    completions = List.copyOf(completions);
  }

  /// Greedy completions from prefixes of one length.
  ///
  /// @param prefix tokens given
  /// @param training for each probed training sequence, how many of the tokens behind the prefix
  ///   were reproduced before the first that was not
  /// @param heldOut the same of test sequences
  public record Completions(int prefix, List<Integer> training, List<Integer> heldOut) {
    public Completions {
      training = List.copyOf(training);
      heldOut = List.copyOf(heldOut);
    }
  }
}
