package dev.mneme.engine.reference;

import dev.mneme.engine.Engine;
import java.util.Map;

/// Reference engines with a constant that is not GPT-2's.
public final class SlightlyWrongReference {
  private SlightlyWrongReference() {}

  /// Wrong engines by what is wrong with them. The GELU factor is off by as much as the exact form
  /// differs from the tanh form.
  public static Map<String, Engine> engines() {
    Constants right = Constants.GPT2;
    return Map.of(
        "GELU with 0.044 instead of 0.044715",
            new ReferenceEngine(new Constants(right.normEpsilon(), 0.044)),
        "LayerNorm with epsilon 1e-4", new ReferenceEngine(new Constants(1e-4, right.geluCubic())),
        "LayerNorm without epsilon", new ReferenceEngine(new Constants(0, right.geluCubic())));
  }
}
