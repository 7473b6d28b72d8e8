package dev.mneme.model.checkpoint;

import dev.mneme.model.GptConfig;

/// A model read from a file.
///
/// @param config the model's shape
/// @param parameters flat vector in the order of [dev.mneme.model.ParameterLayout]
@SuppressWarnings("ArrayRecordComponent") // a large vector handed over once, never compared
public record ModelWeights(GptConfig config, double[] parameters) {}
