package dev.mneme.measure;

import dev.mneme.data.TokenDataset;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// What a model remembers of random tokens, where the reference is the true, uniform source (Morris
/// et al., arXiv 2505.24832): per sequence `S · log2 V − CL(x|θ̂)`.
///
/// @param entropy `H(X) = N · S · log2 V`
/// @param net the sum without clipping, a lower bound on the memorization of the data set
/// @param clipped the paper's sum of `max(0, ·)`, which noise lifts
/// @param netStandardError standard error of `net` over sequences, in bits
public record Memorization(Bits entropy, Bits net, Bits clipped, Bits netStandardError) {
  /// Compares code lengths with the uniform source.
  ///
  /// @throws IllegalArgumentException where there is not one code length per sequence, or no
  ///   sequence
  public static Memorization ofRandomTokens(TokenDataset data, CodeLengths lengths) {
    if (lengths.count() != data.count()) {
      throw new IllegalArgumentException(
          lengths.count() + " code lengths do not belong to " + data.count() + " sequences");
    }
    if (data.count() == 0) {
      throw new IllegalArgumentException("memorization is measured on at least 1 sequence");
    }
    double uniform = Bits.toChoose(data.vocabularySize()).value() * data.sequenceLength();
    int count = data.count();
    double net = 0;
    double clipped = 0;
    for (int i = 0; i < count; i++) {
      double saved = uniform - lengths.bits(i);
      net += saved;
      clipped += Math.max(0, saved);
    }
    double mean = net / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double deviation = uniform - lengths.bits(i) - mean;
      squares += deviation * deviation;
    }
    double standardError = count > 1 ? Math.sqrt(squares / (count - 1) * count) : 0;
    return new Memorization(
        new Bits(uniform * count), new Bits(net), new Bits(clipped), new Bits(standardError));
  }
}
