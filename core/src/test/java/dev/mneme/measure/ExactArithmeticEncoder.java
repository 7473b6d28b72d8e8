package dev.mneme.measure;

import java.math.BigInteger;

/// The specification of [ArithmeticCoder.Encoder]: the same bounds, but the low end of the interval
/// is one integer of any size, so that carries happen by themselves.
final class ExactArithmeticEncoder {
  private BigInteger low = BigInteger.ZERO;
  private BigInteger width = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private int shifted;

  void encode(SymbolDistribution distribution, int symbol) {
    BigInteger from = bound(distribution.before(symbol));
    BigInteger to = bound(distribution.before(symbol + 1));
    low = low.add(from);
    width = to.subtract(from);
    while (width.bitLength() <= 56) {
      low = low.shiftLeft(8);
      width = width.shiftLeft(8);
      shifted++;
    }
  }

  private BigInteger bound(long cumulative) {
    return width.multiply(BigInteger.valueOf(cumulative)).shiftRight(48);
  }

  byte[] finish() {
    BigInteger unit = BigInteger.ONE.shiftLeft(56);
    BigInteger last = low.add(unit).subtract(BigInteger.ONE).shiftRight(56);
    byte[] bytes = new byte[shifted + 1];
    for (int i = shifted; i >= 0; i--) {
      bytes[i] = last.byteValue();
      last = last.shiftRight(8);
    }
    return bytes;
  }

  /// Three symbols, the middle one a sliver around the middle of the whole code space, so that the
  /// bytes written so far may still become `7F FF FF …` or `80 00 00 …`.
  SymbolDistribution sliverAroundTheMiddle() {
    BigInteger middle = BigInteger.ONE.shiftLeft(63 + 8 * shifted).subtract(low);
    long before = middle.shiftLeft(48).divide(width).longValueExact();
    return SymbolDistribution.ofCounts(before - 1, 3, SymbolDistribution.TOTAL - before - 2);
  }
}
