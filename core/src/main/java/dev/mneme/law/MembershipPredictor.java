package dev.mneme.law;

/// A membership law together with how far off it may be.
public sealed interface MembershipPredictor permits PublishedMembership, MembershipFit {
  /// The curve.
  MembershipLaw law();

  /// F1 with its band, all from ½ to 1.
  ///
  /// @param dataBitsPerParameter z, at least 0
  Estimate<Double> at(double dataBitsPerParameter);

  /// What the band is, as a phrase such as `95% interval of the curve`.
  String bandLabel();
}
