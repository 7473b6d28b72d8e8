package dev.mneme.spark;

import dev.mneme.experiment.TrialCheckpoints;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where trials leave their checkpoints, for workers that see the driver's files. A worker knows
/// them by a file that the driver put there; one that does not see it makes no checkpoints.
///
/// @param folder of all checkpoints
/// @param marker name of the driver's file in it
/// @param nanoseconds least wall time between two checkpoints of a trial
record TaskCheckpoints(String folder, String marker, long nanoseconds) implements Serializable {
  /// As this worker sees them.
  Optional<TrialCheckpoints> visible() {
    return Files.exists(Path.of(folder, marker))
        ? Optional.of(new TrialCheckpoints(Path.of(folder), Duration.ofNanos(nanoseconds)))
        : Optional.empty();
  }
}
