/// Engine `torch`: the same network on libtorch, whose automatic differentiation is an independent
/// check of the other engines' hand-written backward passes.
///
/// Every call opens a [org.bytedeco.javacpp.PointerScope], so that native memory goes back when the
/// call ends and not when the collector comes by. What outlives a call lies in
/// [dev.mneme.torch.Parameters].
@org.jspecify.annotations.NullMarked
package dev.mneme.torch;
