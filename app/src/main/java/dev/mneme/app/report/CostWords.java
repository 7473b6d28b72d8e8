package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.Cost;

/// What something cost, for readers.
public final class CostWords {
  private CostWords() {}

  /// Such as `24.0M tokens, 11.6T operations, 1 min 15 s of one core`.
  public static String of(Cost cost) {
    return Numbers.brief(cost.tokens())
        + " tokens, "
        + Numbers.brief(cost.operations())
        + " operations"
        + (cost.coreSeconds().isPresent()
            ? ", " + Numbers.seconds(cost.coreSeconds().getAsDouble()) + " of one core"
            : "");
  }
}
