package dev.mneme.data.text;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.InvalidDataException.Problem;
import dev.mneme.data.TokenDataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How much of the test split stands in the training split in nearly the same words. Exact
/// duplicates are gone by then, but the same passage cut at another place, or with a word changed,
/// is not.
///
/// Sequences are compared by the sets of their token n-grams: runs of n tokens. A test sequence is
/// a **near duplicate** when some single training sequence has at least the given share of its
/// distinct n-grams. Every training sequence is compared with every test sequence that is checked,
/// by way of an index of the latter's n-grams; n-grams are told apart by 64-bit hashes.
public final class NearDuplicates {
  private NearDuplicates() {}

  /// What counts as near.
  ///
  /// @param tokens the length of an n-gram, n, 1 to S
  /// @param share the share of a test sequence's distinct n-grams that one training sequence has to
  ///   have, above 0 and at most 1
  /// @param mostChecked test sequences that are checked at most, the first ones, at least 1
  public record Options(int tokens, double share, int mostChecked) {
    private static final int USUAL_TOKENS = 13;
    private static final int USUAL_CHECKED = 10_000;

    /// @throws InvalidDataException naming every field that is out of range
    public Options {
      List<Problem> problems = new ArrayList<>();
      if (tokens < 1) {
        problems.add(problem("n-gram length", tokens, "at least 1", "The usual is 13."));
      }
      if (!(share > 0 && share <= 1)) {
        problems.add(problem("near-duplicate share", share, "above 0, at most 1", "Take 0.5."));
      }
      if (mostChecked < 1) {
        problems.add(problem("sequences checked", mostChecked, "at least 1", "Take 10000."));
      }
      if (!problems.isEmpty()) {
        throw new InvalidDataException(problems);
      }
    }

    private static Problem problem(String field, Number given, String expected, String hint) {
      return new Problem(field, String.valueOf(given), expected, hint);
    }

    /// Runs of 13 tokens (as many as the words in the overlaps that Brown et al., arXiv 2005.14165,
    /// took out), or of half a sequence where that is less; half of them shared; 10,000 test
    /// sequences.
    public static Options forLength(int sequenceLength) {
      return new Options(
          Math.max(1, Math.min(USUAL_TOKENS, sequenceLength / 2)), 0.5, USUAL_CHECKED);
    }
  }

  /// What was found.
  ///
  /// @param options what counted as near
  /// @param checked test sequences checked
  /// @param sharing how many of them share at least one n-gram with the training split
  /// @param near how many of them are near duplicates
  public record Report(Options options, int checked, int sharing, int near) {
    /// The share of near duplicates among the sequences checked.
    public double nearShare() {
      return (double) near / checked;
    }

    /// The share of sequences that have an n-gram in common with the training split.
    public double sharingShare() {
      return (double) sharing / checked;
    }
  }

  /// Checks the first test sequences of a data set against its whole training split, which is read
  /// once and never in memory as a whole.
  ///
  /// @throws InvalidDataException where there is no test sequence or n-grams are longer than
  ///   sequences
  public static Report against(TextDataset data, Options options) throws IOException {
    int checked = (int) Math.min(options.mostChecked(), data.report().count(Split.TEST));
    NearDuplicateIndex index =
        index(data.sequences(Split.TEST, Math.max(1, checked)).tokens(), options);
    data.forEach(Split.TRAIN, index::compare);
    return index.report();
  }

  /// Checks the first test sequences against some training sequences.
  ///
  /// @throws InvalidDataException where n-grams are longer than sequences
  public static Report against(TextSequences train, TextSequences test, Options options) {
    NearDuplicateIndex index = index(test.tokens(), options);
    for (int i = 0; i < train.count(); i++) {
      index.compare(train.tokens().sequence(i));
    }
    return index.report();
  }

  private static NearDuplicateIndex index(TokenDataset test, Options options) {
    if (options.tokens() > test.sequenceLength()) {
      throw new InvalidDataException(
          "n-gram length",
          String.valueOf(options.tokens()),
          "1 to " + test.sequenceLength(),
          "Runs of tokens are looked for within sequences.");
    }
    return new NearDuplicateIndex(
        test.first(Math.min(options.mostChecked(), test.count())), options);
  }
}
