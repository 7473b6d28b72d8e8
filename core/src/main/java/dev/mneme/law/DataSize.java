package dev.mneme.law;

import dev.mneme.unit.Bits;

/// How much a model is trained on, each sample once: repeated passes add no data.
public sealed interface DataSize {
  /// The largest count taken, 10^18.
  long MOST = 1_000_000_000_000_000_000L;

  /// A number of samples of the shape in question.
  ///
  /// @param count N, 1 to 10^18
  record Samples(long count) implements DataSize {
    /// @throws dev.mneme.model.InvalidConfigurationException where the count is out of range
    public Samples {
      new Mistakes().range("samples", count, 1, MOST, "Count each sample once.").check();
    }

    @Override
    public Bits bits(SampleShape shape) {
      return shape.bitsPerSample().times(count);
    }

    @Override
    public double samples(SampleShape shape) {
      return count;
    }
  }

  /// A number of tokens, however they are cut into samples.
  ///
  /// @param count 1 to 10^18
  record Tokens(long count) implements DataSize {
    /// @throws dev.mneme.model.InvalidConfigurationException where the count is out of range
    public Tokens {
      new Mistakes().range("tokens", count, 1, MOST, "Count each token once.").check();
    }

    @Override
    public Bits bits(SampleShape shape) {
      return shape.bitsPerToken().times(count);
    }

    @Override
    public double samples(SampleShape shape) {
      return (double) count / shape.sequenceLength();
    }
  }

  /// N samples.
  static DataSize samples(long count) {
    return new Samples(count);
  }

  /// A number of tokens.
  static DataSize tokens(long count) {
    return new Tokens(count);
  }

  /// The size under the uniform code, `N · S · log2 V`.
  Bits bits(SampleShape shape);

  /// N; a fraction where tokens do not fill the last sample.
  double samples(SampleShape shape);
}
