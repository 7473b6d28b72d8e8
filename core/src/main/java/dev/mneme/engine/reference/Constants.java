package dev.mneme.engine.reference;

import dev.mneme.model.GptConfig;

/// The two constants of GPT-2 that no configuration sets. A parameter of the network, so that tests
/// can build a network that is slightly wrong and demand that it is noticed.
///
/// @param normEpsilon added to the variance in every LayerNorm
/// @param geluCubic factor of x³ in the tanh form of GELU
record Constants(double normEpsilon, double geluCubic) {
  /// GPT-2's values.
  static final Constants GPT2 = new Constants(GptConfig.LAYER_NORM_EPSILON, Gelu.CUBIC);
}
