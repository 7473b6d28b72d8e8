package dev.mneme.app.html;

import dev.mneme.app.report.MeasuredTrials;
import dev.mneme.experiment.Cost;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MeasuredTrial;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Takes results one by one, wherever they come from, and keeps what a report of them needs.
public final class CollectedTrials {
  private final List<MeasuredTrial> finished = new ArrayList<>();
  private final Map<MeasuredTrial, Origin> origins = new IdentityHashMap<>();
  private final TreeMap<String, Long> reasons = new TreeMap<>();
  private long text;
  private long diverged;
  private long failed;

  /// Takes one more.
  public void add(TrialResult result) {
    switch (result) {
      case TrialResult.Finished trial -> {
        if (trial.specification().data() instanceof DataSource.RandomSource) {
          MeasuredTrial measured = MeasuredTrials.of(trial);
          finished.add(measured);
          origins.put(measured, new Origin(trial.id(), Cost.of(List.of(trial))));
        } else {
          text++;
        }
      }
      case TrialResult.Diverged trial -> {
        diverged++;
        reasons.merge("diverged: " + trial.reason(), 1L, Long::sum);
      }
      case TrialResult.Failed trial -> {
        failed++;
        reasons.merge("failed: " + trial.reason(), 1L, Long::sum);
      }
    }
  }

  /// All that was taken.
  ///
  /// @param name what the reader calls it
  /// @param curve the learning curve of a finished trial by its identity; asked for the few that
  ///   are shown
  /// @param scores code lengths of its single sequences, where they were kept; likewise
  public StoreContents contents(
      String name,
      Function<String, List<CurvePoint>> curve,
      Function<String, Optional<SampleScores>> scores) {
    return new StoreContents(
        name,
        finished,
        trial -> {
          Origin origin = origins.get(trial);
          return origin == null ? List.of() : curve.apply(origin.id());
        },
        trial ->
            Objects.requireNonNull(origins.get(trial), "a trial that was not collected").cost(),
        trial -> Optional.ofNullable(origins.get(trial)).map(Origin::id).flatMap(scores),
        text,
        diverged,
        failed,
        reasons);
  }

  /// Where a measured trial comes from.
  private record Origin(String id, Cost cost) {}
}
