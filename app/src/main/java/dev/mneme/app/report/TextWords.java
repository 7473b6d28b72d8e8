package dev.mneme.app.report;

import dev.mneme.app.output.Columns;
import dev.mneme.app.output.Numbers;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.DoubleDescent;
import dev.mneme.measure.InterpolationPoint;
import dev.mneme.measure.LearningPhases;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import java.util.Locale;
import java.util.Optional;

/// Findings of a study on text in sentences.
final class TextWords {
  private static final int LONGEST_REASON = 200;

  private TextWords() {}

  /// What test loss does over sizes, and how that fits the prediction.
  static String descent(TextModel model) {
    DoubleDescent descent = model.descent();
    String margin = Numbers.decimals(descent.margin().value(), 2) + " bits per token";
    String found =
        switch (descent.shape()) {
          case PEAK -> descent.peak().map(peak -> peak(peak, descent)).orElse("");
          case MONOTONE_FALLING ->
              "test loss falls with N and never rises by more than "
                  + margin
                  + ": a peak, if there is one, lies at or below the smallest N.";
          case AT_SMALLEST_SIZE ->
              "test loss is highest at or near the smallest N and rises later without a peak"
                  + " between: double descent is not seen.";
          case RISING ->
              "test loss ends at or near its highest: a peak, if there is one, lies at or above the"
                  + " largest N.";
          case NO_PEAK ->
              "test loss neither rises nor falls by more than "
                  + margin
                  + " over these N: no peak.";
        };
    return Summary.name(model.model()) + ": " + predicted(descent.predicted()) + "; " + found;
  }

  private static String predicted(InterpolationPoint point) {
    return "a peak is expected at N "
        + size(point.sequences())
        + ", where the data have the "
        + Numbers.bits(point.capacity())
        + " of the capacity "
        + switch (point.origin()) {
          case MEASURED -> "measured on random tokens";
          case FROM_PARAMETERS -> "expected from parameters";
        };
  }

  private static String peak(DoubleDescent.Peak peak, DoubleDescent descent) {
    return String.format(
        Locale.ROOT,
        "test loss peaks at N %s, %s times that (%+.1f doublings), %.2f bits per token above a"
            + " smaller and %.2f above a larger N. The peak lies between N %s and %s; the"
            + " prediction lies %s.",
        Numbers.count(peak.size().sequences()),
        String.format(Locale.ROOT, "%.3g", peak.ratio()),
        peak.doublings(),
        peak.rise().value(),
        peak.fall().value(),
        Numbers.count(peak.bracket().smaller()),
        Numbers.count(peak.bracket().larger()),
        descent.agrees() ? "between them too" : "outside");
  }

  /// A size that need not be whole.
  static String size(double sequences) {
    return sequences < 10 ? Numbers.decimals(sequences, 1) : Numbers.count(Math.round(sequences));
  }

  /// What comes first in one run; empty where held-out loss never rises.
  static Optional<String> phase(TextCell cell) {
    LearningPhases phases = cell.phases();
    return phases
        .rise()
        .map(rise -> {
          String rose =
              name(cell)
                  + ": held-out loss rises by "
                  + Numbers.decimals(rise.heldOut().value(), 2)
                  + " from step "
                  + Numbers.count(rise.from().step())
                  + " to "
                  + Numbers.count(rise.to().step());
          return switch (phases.course()) {
            case NO_RISE -> rose + ".";
            case MEMORIZING ->
                rose
                    + " while training loss "
                    + changes(rise.train().value())
                    + ": memorizing at the cost of generalization.";
            case GENERALIZING_LATER ->
                rose
                    + " and falls by "
                    + phases
                        .fall()
                        .map(fall ->
                            Numbers.decimals(-fall.heldOut().value(), 2)
                                + " until step "
                                + Numbers.count(fall.to().step()))
                        .orElse("nothing")
                    + ": memorization first, generalization later, "
                    + phases
                        .belowFirstMinimum()
                        .map(below ->
                            Numbers.decimals(Math.abs(below.value()), 2)
                                + (below.value() >= 0 ? " below" : " above")
                                + " the first minimum")
                        .orElse("")
                    + ".";
            case UNSTABLE ->
                rose
                    + ", but training loss is no lower there: training went astray, no sign of"
                    + " memorization.";
          };
        });
  }

  private static String changes(double bits) {
    return (bits < 0 ? "falls by " : "rises by ") + Numbers.decimals(Math.abs(bits), 2);
  }

  /// Why a trial did not finish.
  static String reason(TrialResult result) {
    return switch (result) {
      case TrialResult.Diverged diverged -> "diverged: " + reason(diverged.reason());
      case TrialResult.Failed failed -> "failed: " + reason(failed.reason());
      case TrialResult.Finished finished -> "finished"; // not among the unfinished
    };
  }

  private static String reason(String text) {
    return Columns.fit(text, LONGEST_REASON).replaceFirst("\\.$", "");
  }

  /// A trial in a few words.
  static String name(TextCell cell) {
    return name(cell.trial().specification());
  }

  /// A trial in a few words.
  static String name(TrialSpecification trial) {
    return Summary.name(trial.model())
        + " at N "
        + Numbers.count(trial.sequences())
        + ", seed "
        + trial.seed();
  }
}
