/// What is computed from code lengths: memorization, its ceiling, capacity with its two tests, and
/// an arithmetic coder that proves code lengths to be real sizes.
package dev.mneme.measure;
