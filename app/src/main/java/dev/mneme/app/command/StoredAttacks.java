package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.attack.Attack;
import dev.mneme.attack.MembershipScores;
import dev.mneme.attack.ScoreFunctions;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialResult;
import dev.mneme.law.MembershipLaw;
import dev.mneme.law.MembershipObservation;
import dev.mneme.store.StoreReader;
import dev.mneme.store.TrialFilter;
import dev.mneme.text.TextAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loss attacks on the trials on text that a store holds, as the law of membership takes them.
final class StoredAttacks {
  private StoredAttacks() {}

  /// One observation for each finished trial on text: the balanced F1 of its code lengths on its
  /// probed members and as many non-members.
  ///
  /// @param experiment only trials that it asks for
  /// @throws UsageException where there is none
  static List<MembershipObservation> read(
      StoreOptions store, Program program, Optional<String> experiment) {
    try (StoreReader open = store.read(program, "mneme law membership")) {
      experiment.ifPresent(name -> LsCommand.requireExperiment(open.experiments(), name));
      TrialFilter filter = experiment.map(TrialFilter.ALL::withExperiment).orElse(TrialFilter.ALL);
      List<MembershipObservation> observations = new ArrayList<>();
      open.results(
          filter,
          result -> {
            if (result instanceof TrialResult.Finished trial
                && trial.specification().data() instanceof TextSource source) {
              open.scores(trial.id())
                  .flatMap(scores -> observation(trial, source, scores))
                  .ifPresent(observations::add);
            }
          });
      if (observations.isEmpty()) {
        throw new UsageException(
            "store",
            "no attacked trial on text in " + store.file(program),
            "trials of mneme text with at least " + TextAnalysis.FEWEST_MEMBERS + " probed members",
            "Run mneme text first, or give --observations FILE.csv.");
      }
      return observations;
    }
  }

  private static Optional<MembershipObservation> observation(
      TrialResult.Finished trial, TextSource source, SampleScores scores) {
    int members = source.probedOf(scores.training().count());
    if (members < TextAnalysis.FEWEST_MEMBERS) {
      return Optional.empty();
    }
    double f1 =
        MembershipScores.of(
                Attack.LOSS,
                ScoreFunctions.loss(scores.training().first(members)),
                ScoreFunctions.loss(scores.fresh().first(members)))
            .balancedF1();
    long parameters = trial.specification().model().parameterCount().total();
    return Optional.of(
        new MembershipObservation(
            parameters,
            MembershipLaw.dataBitsPerParameter(trial.training().entropy(), parameters),
            f1));
  }
}
