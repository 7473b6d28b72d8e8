package dev.mneme.app.command;

import dev.mneme.app.html.Report;
import dev.mneme.app.html.StoreContents;
import dev.mneme.app.html.StoreReport;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads out of an open store what its report shows.
final class ReportedStore {
  private final StoreReader store;
  private final List<MeasuredTrial> finished = new ArrayList<>();
  private final Map<MeasuredTrial, String> ids = new IdentityHashMap<>();
  private final TreeMap<String, Long> reasons = new TreeMap<>();
  private long text;
  private long diverged;
  private long failed;

  private ReportedStore(StoreReader store) {
    this.store = store;
  }

  /// @param name what the reader calls it
  static Report report(StoreReader store, String name, TrialFilter filter) {
    ReportedStore reported = new ReportedStore(store);
    store.results(filter, reported::add);
    return StoreReport.of(
        new StoreContents(
            name,
            reported.finished,
            reported::curve,
            reported.text,
            reported.diverged,
            reported.failed,
            reported.reasons));
  }

  private void add(TrialResult result) {
    switch (result) {
      case TrialResult.Finished trial -> {
        if (trial.specification().data() instanceof DataSource.RandomSource) {
          MeasuredTrial measured = StoredMeasurements.measured(trial);
          finished.add(measured);
          ids.put(measured, trial.id());
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

  /// Only the few that are shown are read a second time, so that not all are held at once.
  private List<dev.mneme.experiment.CurvePoint> curve(MeasuredTrial trial) {
    String id = ids.get(trial);
    return id != null && store.find(List.of(id)).get(id) instanceof TrialResult.Finished found
        ? found.curve()
        : List.of();
  }
}
