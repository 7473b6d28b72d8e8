package dev.mneme.law;

import dev.mneme.unit.Bits;

/// One measured membership attack.
///
/// @param parameters of the attacked model, at least 1
/// @param dataBitsPerParameter z, finite and above 0
/// @param f1 balanced F1 (chance ½) of a loss-threshold attack, from 0 to 1
public record MembershipObservation(long parameters, double dataBitsPerParameter, double f1) {
  /// @throws dev.mneme.model.InvalidConfigurationException naming every field out of range
  public MembershipObservation {
    new Mistakes()
        .range("parameters", parameters, 1, DataSize.MOST, "Count all trainable parameters.")
        .require(
            dataBitsPerParameter > 0 && Double.isFinite(dataBitsPerParameter),
            "data bits per parameter",
            dataBitsPerParameter,
            "a finite number above 0",
            "It is N * S * log2 V / parameters.")
        .require(
            f1 >= 0 && f1 <= 1,
            "F1",
            f1,
            "a number from 0 to 1",
            "Use the balanced F1 of an attack.")
        .check();
  }

  /// The observation of an attack on a model that was trained on so much data.
  public static MembershipObservation of(
      long parameters, DataSize data, SampleShape shape, double f1) {
    Bits bits = data.bits(shape);
    return new MembershipObservation(
        parameters, MembershipLaw.dataBitsPerParameter(bits, parameters), f1);
  }
}
