package dev.mneme.data.tokenizer;

/// Takes tokens one by one, so that a long document never lies in memory as tokens.
@FunctionalInterface
public interface TokenSink {
  /// @param token an identifier in `[0, vocabularySize)`
  /// @return whether more are wanted
  boolean accept(int token);
}
