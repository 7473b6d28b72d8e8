package dev.mneme.unit;

import java.util.Arrays;

/// The code length of every sequence of a data set under one model: `CL(x|θ) = Σ_t −log2 p(x_t |
/// x_<t, θ)` (Morris et al., arXiv 2505.24832, section 2), in bits.
public final class CodeLengths {
  private final double[] bits;

  private CodeLengths(double[] bits) {
    this.bits = bits;
  }

  /// Takes one code length per sequence, in bits.
  ///
  /// @throws IllegalArgumentException where a length is not finite
  public static CodeLengths ofBits(double[] bits) {
    for (int i = 0; i < bits.length; i++) {
      if (!Double.isFinite(bits[i])) {
        throw new IllegalArgumentException("code length of sequence " + i + " is " + bits[i]);
      }
    }
    return new CodeLengths(bits.clone());
  }

  /// The number of sequences.
  public int count() {
    return bits.length;
  }

  /// The code length of sequence `index`, in bits.
  public double bits(int index) {
    return bits[index];
  }

  /// The code length of the whole data set; see [Bits#sum].
  public Bits total() {
    return Bits.sum(bits);
  }

  /// The code lengths of all sequences from `index` on.
  ///
  /// @param index 0 to `count() - 1`
  public CodeLengths from(int index) {
    if (index < 0 || index >= bits.length) {
      throw new IllegalArgumentException("no sequences from " + index + " on among " + bits.length);
    }
    return new CodeLengths(Arrays.copyOfRange(bits, index, bits.length));
  }

  /// The code lengths of the first `size` sequences; subsets made this way are nested.
  ///
  /// @param size 1 to [#count()]
  public CodeLengths first(int size) {
    if (size < 1 || size > bits.length) {
      throw new IllegalArgumentException(
          "cannot take " + size + " of " + bits.length + " code lengths");
    }
    return new CodeLengths(Arrays.copyOf(bits, size));
  }

  /// A copy of all code lengths, in bits.
  public double[] toArray() {
    return bits.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeLengths lengths && Arrays.equals(bits, lengths.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return "CodeLengths[count=" + bits.length + ", total=" + total() + "]";
  }
}
