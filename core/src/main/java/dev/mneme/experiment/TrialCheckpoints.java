package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.model.checkpoint.FileTrouble;
import dev.mneme.training.CurveSteps;
import dev.mneme.training.TrainingCheckpoint;
import dev.mneme.training.TrainingCheckpointStore;
import dev.mneme.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the newest checkpoint of every trial under way, each in a folder named by the trial's
/// identity: the training as [TrainingCheckpointStore] writes it, and beside it `progress.json`
/// with the curve so far, see [TrialHistory]. May be used by several threads, for different trials.
///
/// The history is written first, so at any moment it covers the checkpoint that is there. What
/// cannot be read is given up with a warning, and the trial begins anew.
public final class TrialCheckpoints {
  static final String HISTORY = "progress.json";
  private static final Logger LOG = LoggerFactory.getLogger(TrialCheckpoints.class);

  private final Path folder;
  private final Duration interval;

  /// @param folder made when first needed
  /// @param interval least wall time between two checkpoints of one trial; results do not depend on
  ///   it
  public TrialCheckpoints(Path folder, Duration interval) {
    this.folder = folder;
    this.interval = interval;
  }

  Duration interval() {
    return interval;
  }

  /// A trial as it was left.
  record Resumed(TrainingCheckpoint checkpoint, TrialHistory history) {}

  /// One trial's own folder, held while it runs.
  final class Slot {
    private final Path path;
    private TrainingCheckpointStore store;
    private long newestStep = -1; // none

    private Slot(Path path) {
      this.path = path;
      this.store = new TrainingCheckpointStore(path);
    }

    /// Where the trial was left; empty where it never got to a checkpoint, or where what is there
    /// cannot be used.
    Optional<Resumed> resume(EngineIdentity engine, TrainingTask task) {
      try {
        deleteLeftovers(path);
        Optional<TrainingCheckpoint> checkpoint = store.latest();
        if (checkpoint.isEmpty()) {
          return Optional.empty();
        }
        TrialHistory history =
            TrialHistory.read(path.resolve(HISTORY)).until(checkpoint.get().step());
        List<Long> scored =
            CurveSteps.of(task.plan()).stream()
                .filter(step -> step <= checkpoint.get().step())
                .toList();
        if (checkpoint.get().matches(engine, task)
            && history.curve().stream().map(CurvePoint::step).toList().equals(scored)) {
          newestStep = checkpoint.get().step();
          return Optional.of(new Resumed(checkpoint.get(), history));
        }
        LOG.warn("{}: not a checkpoint of this trial; it begins anew", path);
      } catch (CorruptCheckpointException | MalformedTrialException e) {
        LOG.warn("{}: {}; the trial begins anew", path, e.getMessage());
      } catch (IOException e) {
        throw unwritable(path, e);
      }
      restart();
      return Optional.empty();
    }

    /// Forgets what is there.
    void restart() {
      delete(path);
      store = new TrainingCheckpointStore(path);
      newestStep = -1;
    }

    /// Replaces what is there; does nothing where that is of the same step, or where the model is
    /// about to diverge, which its next step will say.
    void save(TrainingCheckpoint checkpoint, TrialHistory history) {
      if (checkpoint.step() == newestStep || !checkpoint.state().isFinite()) {
        return;
      }
      try {
        AtomicFiles.writeFile(
            path.resolve(HISTORY), AtomicFiles.Existing.REPLACE, history::writeTo);
        store.save(checkpoint);
        newestStep = checkpoint.step();
      } catch (IOException e) {
        throw unwritable(path, e);
      }
    }
  }

  /// The place of one trial.
  Slot slot(String id) {
    return new Slot(folder.resolve(id));
  }

  /// Deletes the checkpoint of a trial that needs it no longer; nothing where there is none.
  public void discard(String id) {
    delete(folder.resolve(id));
  }

  private static void delete(Path path) {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /// Halves of checkpoints that a killed process left behind; whole ones never begin with a dot.
  private static void deleteLeftovers(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> children = Files.list(path)) {
      for (Path child : children.toList()) {
        if (String.valueOf(child.getFileName()).startsWith(".")) {
          if (Files.isDirectory(child)) {
            delete(child);
          } else {
            Files.delete(child);
          }
        }
      }
    }
  }

  private static StorageException unwritable(Path path, IOException e) {
    return new StorageException(
        new Problem(
            "checkpoint",
            path + " (" + FileTrouble.phrase(e) + ")",
            "a place that can be written to",
            "Check permissions and free space; what is finished is kept, and the same command goes"
                + " on from there."),
        e);
  }
}
