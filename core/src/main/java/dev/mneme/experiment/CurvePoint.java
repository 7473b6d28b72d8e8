package dev.mneme.experiment;

import dev.mneme.unit.Bits;

/// The whole training set scored after some step.
///
/// @param step optimizer steps done
/// @param net memorized bits, not clipped
public record CurvePoint(long step, Bits net) {}
