package dev.mneme.store;

import dev.mneme.experiment.TrialResult;
import java.util.Locale;

/// How a trial ended.
public enum TrialStatus {
  FINISHED,
  DIVERGED,
  FAILED;

  /// The status of a result.
  public static TrialStatus of(TrialResult result) {
    return switch (result) {
      case TrialResult.Finished finished -> FINISHED;
      case TrialResult.Diverged diverged -> DIVERGED;
      case TrialResult.Failed failed -> FAILED;
    };
  }

  /// As it stands in the store: the name in small letters.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads [#text].
  static TrialStatus ofText(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
