/// What is computed from code lengths: memorization, its ceiling, capacity with its two tests, and
/// an arithmetic coder that proves code lengths to be real sizes. On text,
/// [dev.mneme.measure.UnintendedMemorization] tells what is remembered from what is known anyway.
package dev.mneme.measure;
