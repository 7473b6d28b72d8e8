package dev.mneme.data.text;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.InvalidDataException.Problem;
import dev.mneme.data.corpus.Corpus;
import dev.mneme.data.corpus.CorpusReport;
import dev.mneme.data.corpus.SkipReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What to say where a corpus is too small for what was asked.
final class SmallCorpus {
  private SmallCorpus() {}

  /// @throws InvalidDataException where there are not two documents, or no sequence
  static void requireSequences(
      Corpus corpus, TextDatasetOptions options, CorpusReport read, SequenceCutter cutter) {
    if (read.documents() == 0) {
      throw new InvalidDataException(
          "corpus " + corpus.name(),
          "no document (" + read.describeSkipped() + ")",
          "at least two documents of text",
          hint(read));
    }
    if (read.documents() == 1) {
      throw new InvalidDataException(
          "corpus " + corpus.name(),
          "one document only (" + read.describeSkipped() + ")",
          "at least two documents",
          "Nothing can be held out from a single document. Where it is one file of plain text, take"
              + " its paragraphs or lines as documents.");
    }
    if (cutter.sequences() == 0) {
      throw new InvalidDataException(
          "corpus " + corpus.name(),
          read.documents()
              + " documents, all shorter than a sequence of "
              + options.sequenceLength()
              + " tokens",
          "documents of at least that length",
          "Take shorter sequences, or larger documents.");
    }
  }

  private static String hint(CorpusReport read) {
    if (read.skipped().containsKey(SkipReason.NO_COLUMN) && !read.columns().isEmpty()) {
      return "Name the column that holds the text; there are "
          + String.join(", ", read.columns())
          + ".";
    }
    if (read.skipped().containsKey(SkipReason.NOT_JSON)) {
      return "JSON lines hold one object a line; name the format if it is another.";
    }
    return "Look at the files, and name their format if it is another than their names tell.";
  }

  /// @throws InvalidDataException naming every split that was asked for and got nothing
  static void requireSplits(TextDatasetOptions options, Map<Split, Long> counts) {
    List<Problem> problems = new ArrayList<>();
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    require(problems, Split.TRAIN, 1 - options.testShare() - options.referenceShare(), counts, all);
    require(problems, Split.TEST, options.testShare(), counts, all);
    require(problems, Split.REFERENCE, options.referenceShare(), counts, all);
    if (!problems.isEmpty()) {
      throw new InvalidDataException(problems);
    }
  }

  private static void require(
      List<Problem> problems, Split split, double share, Map<Split, Long> counts, long all) {
    if (share > 0 && counts.getOrDefault(split, 0L) == 0) {
      problems.add(
          new Problem(
              split.label() + " split",
              "none of " + all + " distinct sequences for a share of " + share,
              "at least one",
              "Take more text, shorter sequences, or another share."));
    }
  }
}
