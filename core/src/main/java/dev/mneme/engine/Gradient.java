package dev.mneme.engine;

import dev.mneme.unit.Bits;

/// Code length of a batch and its gradient.
///
/// @param codeLength of the whole batch
/// @param values derivative of the *mean code length per position in nats* with respect to each
///   entry of the flat parameter vector, in the order of [dev.mneme.model.ParameterLayout]
@SuppressWarnings(
    "ArrayRecordComponent") // a large vector handed over once, never compared by equals
public record Gradient(Bits codeLength, double[] values) {}
