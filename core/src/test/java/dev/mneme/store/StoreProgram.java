package dev.mneme.store;

import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What the tests run in processes of their own. Prints `open`, then one line per trial kept, then
/// `closed`; what goes wrong with the store is printed as the three parts of the problem.
final class StoreProgram {
  private StoreProgram() {}

  /// `FILE PURPOSE FIRST COUNT SCORES`: keeps trials numbered from FIRST, each with SCORES scores.
  /// With a COUNT of `wait` it keeps the store open until its input ends.
  public static void main(String[] arguments) throws IOException {
    try (TrialStore store = TrialStore.open(Path.of(arguments[0]), arguments[1])) {
      System.out.println("open");
      if (arguments[3].equals("wait")) {
        while (System.in.read() >= 0) {
          // held open
        }
      } else {
        int first = Integer.parseInt(arguments[2]);
        int scores = Integer.parseInt(arguments[4]);
        for (int i = first; i < first + Integer.parseInt(arguments[3]); i++) {
          // a trial that failed first is replaced
          store.keep(TrialOutcome.of(MadeUpTrials.failed(i)));
          store.keep(
              new TrialOutcome(
                  MadeUpTrials.finished(i), Optional.of(MadeUpTrials.scores(i, scores))));
          System.out.println(i);
        }
      }
    } catch (StorageException e) {
      Problem problem = e.problem();
      System.out.println("trouble");
      System.out.println(problem.given());
      System.out.println(problem.expected());
      System.out.println(problem.hint());
      return;
    }
    System.out.println("closed");
  }
}
