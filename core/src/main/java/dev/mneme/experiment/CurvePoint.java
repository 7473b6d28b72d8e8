package dev.mneme.experiment;

import dev.mneme.unit.Bits;
import java.util.Optional;

/// The training set scored after some step. Of a trial on text whose training set is larger than
/// the test split, only as many sequences are scored as that has, the first ones, and their mean
/// stands for all.
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
