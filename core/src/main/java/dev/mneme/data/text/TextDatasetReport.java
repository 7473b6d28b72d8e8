package dev.mneme.data.text;

import dev.mneme.data.corpus.CorpusReport;
import java.util.Map;

/// What became of a corpus.
///
/// @param corpus what was read and what was skipped
/// @param sequences sequences cut, duplicates included
/// @param leftOver tokens at the ends of documents that did not fill a sequence; where documents
///   give a limited number of sequences, what follows is not counted
/// @param shortDocuments documents shorter than a sequence, which gave none
/// @param duplicates sequences removed because an equal one had come before
/// @param collisions how often different sequences had equal hashes, so that their contents told
///   them apart
/// @param counts distinct sequences in each split
/// @param testFromTrainDocuments the share of test sequences from documents that some training
///   sequence is from too; 0 where there are no test sequences
/// @param contentHash SHA-256, in hexadecimal, over options, tokenizer and every sequence with its
///   place
public record TextDatasetReport(
    CorpusReport corpus,
    long sequences,
    long leftOver,
    long shortDocuments,
    long duplicates,
    long collisions,
    Map<Split, Long> counts,
    double testFromTrainDocuments,
    String contentHash) {

  public TextDatasetReport {
    counts = Map.copyOf(counts);
  }

  /// Distinct sequences in a split.
  public long count(Split split) {
    return counts.getOrDefault(split, 0L);
  }
}
