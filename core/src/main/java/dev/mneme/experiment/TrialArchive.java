package dev.mneme.experiment;

import java.util.Collection;
import java.util.Map;

/// Keeps what came of trials under their identities, so that no trial is run twice. May be used by
/// several threads.
public interface TrialArchive {
  /// The results kept under these identities, by identity; those without a result are left out.
  Map<String, TrialResult> find(Collection<String> ids);

  /// Keeps an outcome. It is durable when this returns: no later kill of the process or loss of
  /// power takes it away. A finished result is never replaced; a diverged or failed one is, by any
  /// later outcome of the same trial.
  ///
  /// @throws RuntimeException where it cannot be kept; nothing kept before is lost
  void keep(TrialOutcome outcome);
}
