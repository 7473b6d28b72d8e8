package dev.mneme.app.command;

import dev.mneme.app.html.CollectedTrials;
import dev.mneme.app.html.Report;
import dev.mneme.app.html.StoreReport;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.TrialResult;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import java.util.List;
import java.util.Optional;

/// Reads out of an open store what its report shows.
final class ReportedStore {
  private ReportedStore() {}

  /// @param name what the reader calls it
  static Report report(StoreReader store, String name, TrialFilter filter) {
    CollectedTrials trials = new CollectedTrials();
    store.results(filter, trials::add);
    return StoreReport.of(trials.contents(name, id -> curve(store, id), store::scores));
  }

  /// What the reader calls a store, or one experiment of it.
  static String name(String store, Optional<String> experiment) {
    return experiment.map(wanted -> store + ", experiment " + wanted).orElse(store);
  }

  /// Its trials.
  static TrialFilter filter(Optional<String> experiment) {
    return experiment.map(TrialFilter.ALL::withExperiment).orElse(TrialFilter.ALL);
  }

  /// Only the few that are shown are read a second time, so that not all are held at once.
  private static List<CurvePoint> curve(StoreReader store, String id) {
    return store.find(List.of(id)).get(id) instanceof TrialResult.Finished found
        ? found.curve()
        : List.of();
  }
}
