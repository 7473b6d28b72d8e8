package dev.mneme.unit;

/// An amount of information in bits. Every logarithm in Mneme is base 2; this package is the only
/// place where natural-logarithm units (nats) become bits.
///
/// @param value the amount in bits; negative amounts are meaningful (a confidently wrong model
///   remembers less than nothing), non-finite ones are refused
public record Bits(double value) implements Comparable<Bits> {
  /// Bits in one nat, `1 / ln 2`.
  public static final double PER_NAT = 1 / StrictMath.log(2);

  /// No information.
  public static final Bits ZERO = new Bits(0);

  public Bits {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("an amount of bits must be finite, but was " + value);
    }
  }

  /// Converts an amount given in nats.
  public static Bits ofNats(double nats) {
    return new Bits(nats * PER_NAT);
  }

  /// The bits needed to name one of `outcomes` equally likely outcomes, `log2(outcomes)`.
  ///
  /// @param outcomes at least 1
  public static Bits toChoose(double outcomes) {
    if (!(outcomes >= 1)) {
      throw new IllegalArgumentException(
          "a choice needs at least 1 outcome, but was given " + outcomes);
    }
    return ofNats(StrictMath.log(outcomes));
  }

  /// The sum of amounts in bits, with compensation (Kahan–Babuška–Neumaier), so that the order of a
  /// million amounts does not matter at double precision.
  ///
  /// @throws IllegalArgumentException where the sum is not finite
  public static Bits sum(double... bits) {
    double sum = 0;
    double compensation = 0;
    for (double value : bits) {
      double next = sum + value;
      compensation +=
          Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }
    return new Bits(sum + compensation);
  }

  public Bits plus(Bits other) {
    return new Bits(value + other.value);
  }

  public Bits minus(Bits other) {
    return new Bits(value - other.value);
  }

  public Bits times(double factor) {
    return new Bits(value * factor);
  }

  /// This amount spread over the parameters of a model.
  ///
  /// @param parameters at least 1
  public BitsPerParameter per(long parameters) {
    return new BitsPerParameter(value / parameters);
  }

  @Override
  public int compareTo(Bits other) {
    return Double.compare(value, other.value);
  }
}
