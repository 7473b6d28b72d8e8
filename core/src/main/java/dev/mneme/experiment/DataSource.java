package dev.mneme.experiment;

import dev.mneme.data.RandomTokens;
import java.util.List;

/// Where the sequences of a trial come from.
public sealed interface DataSource {
  /// Uniform random tokens, drawn from the trial's seed.
  DataSource RANDOM_TOKENS = new RandomSource();

  /// What it is called in stores and files.
  String kind();

  /// One `name=value` a line, ending in a line break: all that decides the sequences and what is
  /// measured on them.
  String canonical();

  /// Uniform random tokens, drawn from the trial's seed; there is nothing in them to understand.
  record RandomSource() implements DataSource {
    @Override
    public String kind() {
      return "random-tokens";
    }

    @Override
    public String canonical() {
      return "data=" + RandomTokens.SOURCE + "\n";
    }
  }

  /// The training split of a text data set, from its beginning, so that smaller sets are the
  /// beginning of larger ones. The trial's seed sets initialization and order alone.
  ///
  /// @param corpus what a reader calls it; no part of the identity
  /// @param tokenizer by name; no part of the identity
  /// @param hash content hash of the data set with all its splits, which decides every sequence
  /// @param test sequences of the test split that are scored, at least 1
  /// @param reference sequences of the reference split that are scored after them, 0 or more; to
  ///   choose between models, so that the test split takes no part in it
  /// @param probed of the training and of the test split, how many sequences at most are attacked
  ///   and completed, 0 to `test`
  /// @param prefixes lengths of the prefixes that completions start from, ascending, each shorter
  ///   than a sequence
  record TextSource(
      String corpus,
      String tokenizer,
      String hash,
      int test,
      int reference,
      int probed,
      List<Integer> prefixes)
      implements DataSource {
    public TextSource {
      if (test < 1 || reference < 0 || probed < 0 || probed > test) {
        throw new IllegalArgumentException(
            "held-out sequences must be at least 1, those chosen by at least 0 and those probed no"
                + " more than are held out, but were %d, %d and %d"
                    .formatted(test, reference, probed));
      }
      prefixes = List.copyOf(prefixes);
    }

    /// How many of so many training sequences are attacked and completed, the first ones.
    public int probedOf(int sequences) {
      return Math.min(probed, sequences);
    }

    @Override
    public String kind() {
      return "text";
    }

    @Override
    public String canonical() {
      return "data=text/1\nhash=%s\ntest=%d\nreference=%d\nprobed=%d\nprefixes=%s\n"
          .formatted(hash, test, reference, probed, prefixes);
    }
  }
}
