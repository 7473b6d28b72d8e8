package dev.mneme.engine;

/// How far an engine may lie from the reference. Each is stated by the engine's own test; the
/// contract demands that they still catch a network that is slightly wrong.
///
/// @param logits largest difference of a logit, relative to the largest logit
/// @param codeLength difference of a code length, relative to it (or to one bit a token if larger)
/// @param gradientNorm norm of the difference of a tensor's gradient, relative to the norm
/// @param gradientEntry largest difference of an entry, relative to the tensor's largest
/// @param training norm of the difference of a tensor's change, and of its moments, after ten steps
/// @param saturation factor on the first four where weights are large and soft-max saturates
public record Tolerances(
    double logits,
    double codeLength,
    double gradientNorm,
    double gradientEntry,
    double training,
    double saturation) {
  Tolerances of(ContractCase example) {
    double factor = example.saturated() ? saturation : 1;
    return new Tolerances(
        logits * factor,
        codeLength * factor,
        gradientNorm * factor,
        gradientEntry * factor,
        training,
        1);
  }
}
