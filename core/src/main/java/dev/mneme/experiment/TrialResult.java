package dev.mneme.experiment;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.measure.Memorization;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.List;
import java.util.OptionalDouble;

/// How a trial ended. A trial that diverges or fails is recorded as such and others go on.
public sealed interface TrialResult {
  /// What was to be done.
  TrialSpecification specification();

  /// The trial's identity, see [TrialIdentity].
  String id();

  /// Where, with what and how long.
  Provenance provenance();

  /// Trained to the end and measured.
  ///
  /// @param training memorization of the training set
  /// @param fresh the same measure on fresh data of the same size: the noise floor
  /// @param untrained the same measure on the training set before the first step
  /// @param ceiling most bits that any model can save on this training set, see
  ///   [dev.mneme.measure.Ceiling]
  /// @param curve training-set scores along the way; the last one is at the last step
  record Finished(
      TrialSpecification specification,
      String id,
      Provenance provenance,
      Memorization training,
      Memorization fresh,
      Memorization untrained,
      Bits ceiling,
      List<CurvePoint> curve)
      implements TrialResult {
    public Finished {
      curve = List.copyOf(curve);
    }

    /// Net memorized bits over all counted parameters.
    public BitsPerParameter bitsPerParameter() {
      return training.net().per(specification.model().parameterCount().total());
    }
  }

  /// Met a value that is not finite.
  ///
  /// @param step where
  /// @param reason in words
  record Diverged(
      TrialSpecification specification, String id, Provenance provenance, long step, String reason)
      implements TrialResult {}

  /// Could not be done.
  ///
  /// @param reason in words
  record Failed(TrialSpecification specification, String id, Provenance provenance, String reason)
      implements TrialResult {
    /// A trial that nobody could report on, because whatever ran it is gone. Its provenance tells
    /// of this machine and of no work.
    ///
    /// @param engine that it was to run on
    public static Failed unreported(
        TrialSpecification specification, EngineIdentity engine, String reason) {
      MachineFacts machine = MachineFacts.read();
      return new Failed(
          specification,
          TrialIdentity.of(specification, engine),
          new Provenance(
              engine,
              "none",
              machine.mnemeVersion(),
              machine.java(),
              machine.operatingSystem(),
              machine.processor(),
              0,
              OptionalDouble.empty(),
              0),
          reason);
    }
  }
}
