package dev.mneme.experiment;

import java.util.Arrays;

/// The code length of every single token of some sequences, in bits: shape `[count][positions]`.
/// Immutable.
public final class TokenBits {
  private final int positions;
  private final double[] bits;

  private TokenBits(int positions, double[] bits) {
    this.positions = positions;
    this.bits = bits;
  }

  /// @param positions tokens of a sequence, at least 1
  /// @param bits one after the other, whole sequences; copied
  public static TokenBits of(int positions, double[] bits) {
    if (positions < 1 || bits.length % positions != 0) {
      throw new IllegalArgumentException(
          bits.length + " tokens do not form sequences of " + positions);
    }
    return new TokenBits(positions, bits.clone());
  }

  public int count() {
    return bits.length / positions;
  }

  public int positions() {
    return positions;
  }

  /// `−log2 p(x_t | x_<t)` of one token.
  public double bits(int index, int position) {
    return bits[index * positions + position];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenBits tokens
        && positions == tokens.positions
        && Arrays.equals(bits, tokens.bits);
  }

  @Override
  public int hashCode() {
    return 31 * positions + Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "TokenBits[" + count() + " x " + positions + "]";
  }
}
