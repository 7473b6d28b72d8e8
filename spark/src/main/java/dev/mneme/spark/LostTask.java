package dev.mneme.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells, from what Spark says of a job, a trial whose workers were lost again and again from
/// trouble that concerns more than one trial. Spark has no type for the difference: the job of a
/// task that failed too often ends with an exception whose message quotes the last failure.
final class LostTask {
  private static final Pattern TOO_OFTEN =
      Pattern.compile(
          "failed (\\d+) times?, most recent failure: Lost task \\S+ in stage \\S+ \\(TID \\d+\\)"
              + " \\([^)]*\\): ((?:ExecutorLostFailure|TaskResultLost).*)");

  private LostTask() {}

  /// Why the trial could not be done; empty where the cause is another one.
  static Optional<String> reason(Throwable cause) {
    Matcher matcher = TOO_OFTEN.matcher(String.valueOf(cause.getMessage()));
    return matcher.find()
        ? Optional.of(
            "its worker was lost " + matcher.group(1) + " times, lastly: " + matcher.group(2))
        : Optional.empty();
  }
}
