/// The fast engine. [dev.mneme.engine.vector.VectorEngine] makes models whose parameters and
/// activations lie in panels, so that every kernel loads contiguous vectors; package `kernel` holds
/// the arithmetic.
package dev.mneme.engine.vector;
