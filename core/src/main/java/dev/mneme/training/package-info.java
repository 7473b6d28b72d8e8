/// Turns a model, a data set, a plan and a seed into a trained model; the same four give the same
/// bits.
package dev.mneme.training;
