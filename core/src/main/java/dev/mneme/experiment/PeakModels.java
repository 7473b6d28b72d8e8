package dev.mneme.experiment;

import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.model.checkpoint.HuggingFaceCheckpoint;
import dev.mneme.model.checkpoint.ModelWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the models at the peaks of a study, one per seed, as folders in the Hugging Face layout
/// named `LxW-N<sequences>-seed<k>`.
///
/// Which size is the peak is known only at the end of a search, and training the peak again would
/// double the cost of its trials. So every model is written as its trial ends, under `candidates`,
/// and [#keepPeaks] renames those at the peaks and deletes the rest. Memory stays that of the
/// trials under way, and a killed program leaves whole models, none of them under the name of a
/// result.
public final class PeakModels implements ModelSink {
  private static final String CANDIDATES = "candidates";

  private final Path folder;
  private final Map<TrialSpecification, Path> candidates = new HashMap<>();
  private int given;

  /// @param folder made when first needed
  public PeakModels(Path folder) {
    this.folder = folder;
  }

  @Override
  public void finished(TrialSpecification trial, ModelWeights model) {
    Path candidate = candidate(trial);
    try {
      HuggingFaceCheckpoint.write(candidate, model.config(), model.parameters());
    } catch (IOException e) {
      throw RunFolder.unwritable(candidate, e);
    }
    Path twin; // of another search that asked for the same trial
    synchronized (this) {
      twin = candidates.put(trial, candidate);
    }
    if (twin != null) {
      delete(twin);
    }
  }

  private static void delete(Path candidate) {
    try {
      AtomicFiles.deleteFolder(candidate);
    } catch (IOException e) {
      throw RunFolder.unwritable(candidate, e);
    }
  }

  /// Trials may differ in rate, steps or vocabulary alone; the number keeps them apart.
  private synchronized Path candidate(TrialSpecification trial) {
    given++;
    return folder.resolve(CANDIDATES).resolve("%s-%06d".formatted(name(trial), given));
  }

  private static String name(TrialSpecification trial) {
    return trial.model().layers()
        + "x"
        + trial.model().width()
        + "-N"
        + trial.sequences()
        + "-seed"
        + trial.seed();
  }

  /// Gives the models at the peaks their names and deletes all others.
  ///
  /// @return the folders of the models kept, in the order of the reports; models of one shape, size
  ///   and seed that differ in something else have `-2`, `-3` … behind their names
  /// @throws StorageException where files cannot be renamed or deleted
  public synchronized List<Path> keepPeaks(StudyReport study) {
    List<Path> kept = new ArrayList<>();
    try {
      for (CapacityReport report : study.reports()) {
        for (TrialResult.Finished result : report.peakTrials()) {
          TrialSpecification trial = result.specification();
          Path candidate = candidates.remove(trial); // two searches may share a trial
          if (candidate != null) {
            Path name = unused(name(trial));
            AtomicFiles.moveFolder(candidate, name);
            kept.add(name);
          }
        }
      }
      candidates.values().forEach(PeakModels::delete);
      candidates.clear();
      Files.deleteIfExists(folder.resolve(CANDIDATES));
      if (kept.isEmpty()) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw RunFolder.unwritable(folder, e);
    }
    return kept;
  }

  private Path unused(String name) {
    Path path = folder.resolve(name);
    for (int number = 2; Files.exists(path); number++) {
      path = folder.resolve(name + "-" + number);
    }
    return path;
  }
}
