package dev.mneme.experiment;

import dev.mneme.unit.Bits;
import java.util.Optional;

/// The whole training set scored after some step.
///
/// @param step optimizer steps done
/// @param net memorized bits, not clipped; on text, bits saved over the uniform code
/// @param heldOut the same of the held-out sequences; of trials on text alone
public record CurvePoint(long step, Bits net, Optional<Bits> heldOut) {
  /// A point of a trial on random tokens.
  public CurvePoint(long step, Bits net) {
    this(step, net, Optional.empty());
  }
}
