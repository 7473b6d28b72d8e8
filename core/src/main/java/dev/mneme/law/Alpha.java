package dev.mneme.law;

import dev.mneme.unit.BitsPerParameter;

/// α, the bits that a model holds per parameter, and where its bounds come from.
///
/// @param perParameter above 0, at most 64: a number in double precision has no more bits
/// @param origin what the bounds are, as a phrase
public record Alpha(Estimate<BitsPerParameter> perParameter, String origin) {
  /// Morris et al., arXiv 2505.24832: the line through half-precision capacities has slope 3.64;
  /// the mean over models is 3.51 in bf16 and 3.83 in fp32.
  public static final Alpha PUBLISHED =
      of(3.51, 3.64, 3.83, "published: 3.51 in bf16 to 3.83 in fp32");

  /// @throws dev.mneme.model.InvalidConfigurationException naming every bound out of range
  public Alpha {
    new Mistakes()
        .requireAlpha(perParameter.low().value())
        .requireAlpha(perParameter.high().value())
        .check();
  }

  /// α with bounds.
  ///
  /// @throws dev.mneme.model.InvalidConfigurationException where the three are not finite, above 0,
  ///   at most 64 and in order
  public static Alpha of(double low, double value, double high, String origin) {
    new Mistakes()
        .requireAlpha(low)
        .requireAlpha(value)
        .requireAlpha(high)
        .require(
            !(low > value) && !(value > high),
            "alpha",
            low + ", " + value + ", " + high,
            "a lower bound, a value and an upper bound in this order",
            "Published: 3.51, 3.64, 3.83.")
        .check();
    return new Alpha(
        new Estimate<>(
            new BitsPerParameter(low), new BitsPerParameter(value), new BitsPerParameter(high)),
        origin);
  }
}
