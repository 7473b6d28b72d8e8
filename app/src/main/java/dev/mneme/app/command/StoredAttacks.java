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
import dev.mneme.store.TrialStatus;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loss attacks on the trials on text that a store holds, as the law of membership takes them.
final class StoredAttacks {
  /// With fewer members an attack says nothing; as in the report on a study.
  private static final int FEWEST_MEMBERS = 20;

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
      List<String> ids = new ArrayList<>();
      open.list(
          filter,
          row -> {
            if (row.status() == TrialStatus.FINISHED) {
              ids.add(row.id());
            }
          });
      List<MembershipObservation> observations = new ArrayList<>();
      for (String id : ids) {
        if (open.find(List.of(id)).get(id) instanceof TrialResult.Finished trial
            && trial.specification().data() instanceof TextSource source) {
          open.scores(id)
              .flatMap(scores -> observation(trial, source, scores))
              .ifPresent(observations::add);
        }
      }
      if (observations.isEmpty()) {
        throw new UsageException(
            "store",
            "no attacked trial on text in " + store.file(program),
            "trials of mneme text with at least " + FEWEST_MEMBERS + " probed members",
            "Run mneme text first, or give --observations FILE.csv.");
      }
      return observations;
    }
  }

  private static Optional<MembershipObservation> observation(
      TrialResult.Finished trial, TextSource source, SampleScores scores) {
    int members = Math.min(source.probed(), scores.training().count());
    if (members < FEWEST_MEMBERS) {
      return Optional.empty();
    }
    CodeLengths others = scores.fresh().first(Math.min(members, source.probed()));
    double f1 =
        MembershipScores.of(
                Attack.LOSS,
                ScoreFunctions.loss(scores.training().first(members)),
                ScoreFunctions.loss(others))
            .balancedF1();
    long parameters = trial.specification().model().parameterCount().total();
    return Optional.of(
        new MembershipObservation(
            parameters,
            MembershipLaw.dataBitsPerParameter(trial.training().entropy(), parameters),
            f1));
  }
}
