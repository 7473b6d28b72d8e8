package dev.mneme.store;

import dev.mneme.experiment.TrialResult;
import java.util.List;

/// Everything that a store has of a trial, but for the scores of single sequences, which
/// [StoreReader#scores] reads.
///
/// @param result how it ended, with its curve
/// @param experiments names of those that ask for it, in alphabetical order
/// @param trainingScores how many sequences of the training set have a score
/// @param freshScores the same of fresh data
public record StoredTrial(
    TrialResult result, List<String> experiments, int trainingScores, int freshScores) {
  public StoredTrial {
    experiments = List.copyOf(experiments);
  }
}
