package dev.mneme.experiment;

import dev.mneme.model.GptConfig;
import java.util.List;

/// Hears about a study while it runs; one call at a time.
public interface StudyListener extends TrialListener {
  /// Hears nothing.
  StudyListener NONE = new StudyListener() {};

  /// The search for one model's capacity wants these trials next.
  ///
  /// @param reason one phrase for a reader, such as `first sizes`
  default void planned(GptConfig model, String reason, List<TrialSpecification> trials) {}

  /// The search for one model's capacity is over.
  default void concluded(CapacityReport report) {}
}
