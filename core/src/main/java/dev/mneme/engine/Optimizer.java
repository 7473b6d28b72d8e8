package dev.mneme.engine;

/// How gradients become changes of the parameters. The settings alone; what an optimizer remembers
/// between steps lies in [ModelState].
public sealed interface Optimizer permits AdamW, Muon {
  /// AdamW's part: the whole of [AdamW] itself, and what [Muon] does to parameters that are no
  /// matrices.
  AdamW adamW();
}
