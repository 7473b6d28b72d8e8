/// The specification of every engine: GPT-2 forward and backward in double precision and plain
/// loops, written to be read. One class per operation, its backward beside its forward.
///
/// One sequence at a time goes through [dev.mneme.engine.reference.Transformer]; a batch is a loop
/// over its sequences in order, gradients added up in that order. Within a sequence, row `t` of
/// every activation is computed from rows `0 .. t` alone.
///
/// Names of sizes: T positions of the sequence, C the width, H the heads, D = C / H the width of a
/// head, F = 4C the feed-forward width, V the vocabulary size. Activations are row-major and laid
/// flat; a comment states the shape where an array is declared. In backward code, `dX` is the
/// derivative of the objective with respect to `X`.
///
/// Transcendental functions come from `StrictMath` and the rest of Java's floating-point arithmetic
/// is strict, so that equal inputs give equal bits on every machine and at every stage of
/// compilation.
package dev.mneme.engine.reference;
