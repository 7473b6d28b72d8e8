package dev.mneme.text;

import dev.mneme.experiment.TrialResult;
import java.util.List;
import java.util.Optional;

/// What a study on text found.
///
/// @param plan what was to be done
/// @param oracle empty where no candidate finished, in which case there are no models either
/// @param models in the order of the plan, those with their same-size reference and at least one
///   finished trial
/// @param unfinished trials that diverged or failed
public record TextReport(
    TextPlan plan,
    Optional<OracleChoice> oracle,
    List<TextModel> models,
    List<TrialResult> unfinished) {
  public TextReport {
    models = List.copyOf(models);
    unfinished = List.copyOf(unfinished);
  }
}
