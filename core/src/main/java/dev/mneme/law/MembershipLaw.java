package dev.mneme.law;

import dev.mneme.unit.Bits;
import java.util.OptionalDouble;

/// How well an attacker who sees only losses tells members of the training set from others:
///
/// `F1 = clip(½ · (1 + c1 · σ(c2 · (z + c3))), ½, 1)` with `z = N · S · log2 V / parameters`, the
/// data bits per parameter, and σ the logistic function. F1 is the balanced F1, whose chance level
/// is ½. It never rises with z.
///
/// The law and its constants are from Morris et al. (arXiv 2505.24832). The paper prints the
/// variable as `Capacity(θ) / |D|`, which is a **misprint**: with a negative c2, F1 would then fall
/// where capacity grows, and with N for |D| a case that the paper tabulates as 0.55 would come out
/// as 0.83. With data bits per parameter the same constants give all six rows of the paper's table
/// to within 0.006, see [PublishedMembership].
///
/// @param c1 twice the height of the curve above ½ where it is highest; above 0
/// @param c2 steepness, per data bit per parameter; below 0
/// @param c3 minus the z at which half of that height is reached; finite
public record MembershipLaw(double c1, double c2, double c3) {
  /// Chance level of the balanced F1.
  public static final double CHANCE = 0.5;

  /// @throws dev.mneme.model.InvalidConfigurationException naming every constant out of range
  public MembershipLaw {
    new Mistakes()
        .require(
            c1 > 0 && Double.isFinite(c1), "c1", c1, "a finite number above 0", "Published: 1.34.")
        .require(
            c2 < 0 && Double.isFinite(c2),
            "c2",
            c2,
            "a finite number below 0",
            "Published: -0.034.")
        .require(Double.isFinite(c3), "c3", c3, "a finite number", "Published: -33.14.")
        .check();
  }

  /// The variable of the law, z.
  ///
  /// @param data size of the training set under the uniform code
  /// @param parameters all trainable parameters, at least 1
  public static double dataBitsPerParameter(Bits data, long parameters) {
    return data.value() / parameters;
  }

  /// The expected F1 of an average sample, from ½ to 1.
  ///
  /// @param dataBitsPerParameter z, at least 0; infinity stands for endless data
  public double at(double dataBitsPerParameter) {
    if (!(dataBitsPerParameter >= 0)) {
      throw new IllegalArgumentException(
          "data bits per parameter must be 0 or more, but were " + dataBitsPerParameter);
    }
    return Math.clamp(unclipped(dataBitsPerParameter), CHANCE, 1);
  }

  private double unclipped(double z) {
    return 0.5 * (1 + c1 * logistic(c2 * (z + c3)));
  }

  /// The largest z at which F1 is still `f1`, which is where the curve crosses it; empty where it
  /// lies below `f1` even for the smallest data set.
  ///
  /// @param f1 above ½, at most 1
  public OptionalDouble dataBitsPerParameterFor(double f1) {
    new Mistakes()
        .require(
            f1 > CHANCE && f1 <= 1, "F1", f1, "a number above 0.5, at most 1", "Chance is 0.5.")
        .check();
    double share = (2 * f1 - 1) / c1; // what σ has to be
    if (share >= 1) {
      return OptionalDouble.empty();
    }
    double z = StrictMath.log(share / (1 - share)) / c2 - c3;
    return z > 0 && Double.isFinite(z) ? OptionalDouble.of(z) : OptionalDouble.empty();
  }

  /// The logistic function, the same on every processor.
  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
