package dev.mneme.law;

import dev.mneme.unit.Bits;

/// What one sample is: S tokens out of a vocabulary of V, so `S · log2 V` bits under the uniform
/// code.
///
/// @param sequenceLength S, tokens in a sample, 1 to 1,000,000,000
/// @param vocabularySize V, 2 to 1,000,000,000
public record SampleShape(int sequenceLength, int vocabularySize) {
  static final int MOST = 1_000_000_000;

  /// The text of Morris et al. (arXiv 2505.24832): 64 tokens of GPT-2's vocabulary of 50,257.
  public static final SampleShape PUBLISHED = new SampleShape(64, 50_257);

  /// @throws dev.mneme.model.InvalidConfigurationException naming every field out of range
  public SampleShape {
    new Mistakes()
        .range("sequence length", sequenceLength, 1, MOST, "The published law was fitted at 64.")
        .range(
            "vocabulary",
            vocabularySize,
            2,
            MOST,
            "A vocabulary of 1 carries no information; GPT-2 has 50257.")
        .check();
  }

  /// `log2 V`.
  public Bits bitsPerToken() {
    return Bits.toChoose(vocabularySize);
  }

  /// `S · log2 V`.
  public Bits bitsPerSample() {
    return bitsPerToken().times(sequenceLength);
  }
}
