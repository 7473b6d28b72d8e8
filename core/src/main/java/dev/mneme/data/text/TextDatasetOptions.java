package dev.mneme.data.text;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.InvalidDataException.Problem;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;

/// How documents become a data set.
///
/// @param sequenceLength tokens per sequence, S, 1 to 65,536
/// @param sequencesPerDocument how many sequences a document gives at most, from its start; 1 is
///   what the paper does (arXiv 2505.24832: documents are truncated to S tokens)
/// @param testShare the share of distinct sequences held out for testing, 0 to 0.9
/// @param referenceShare the share held out for references, 0 to 0.9; both together at most 0.9
/// @param seed decides splits and order
/// @param memory bytes that deduplication may take for one partition, 65,536 to 1 GiB
public record TextDatasetOptions(
    int sequenceLength,
    int sequencesPerDocument,
    double testShare,
    double referenceShare,
    Seed seed,
    int memory) {

  /// Takes all sequences of a document.
  public static final int ALL_SEQUENCES = Integer.MAX_VALUE;

  private static final int USUAL_MEMORY = 1 << 26;
  private static final double LARGEST_SHARE = 0.9;

  /// @throws InvalidDataException naming every field that is out of range
  public TextDatasetOptions {
    List<Problem> problems = new ArrayList<>();
    if (sequenceLength < 1 || sequenceLength > 1 << 16) {
      problems.add(
          new Problem(
              "sequence length",
              String.valueOf(sequenceLength),
              "1 to " + (1 << 16),
              "The paper uses 64."));
    }
    if (sequencesPerDocument < 1) {
      problems.add(
          new Problem(
              "sequences per document",
              String.valueOf(sequencesPerDocument),
              "at least 1",
              "1 takes the start of each document, as the paper does."));
    }
    requireShare(problems, "test share", testShare);
    requireShare(problems, "reference share", referenceShare);
    if (testShare + referenceShare > LARGEST_SHARE) {
      problems.add(
          new Problem(
              "test share and reference share",
              testShare + " and " + referenceShare,
              "together at most " + LARGEST_SHARE,
              "What is left is for training."));
    }
    if (memory < 1 << 16 || memory > 1 << 30) {
      problems.add(
          new Problem(
              "memory",
              memory + " bytes",
              (1 << 16) + " to " + (1 << 30),
              "The usual is " + USUAL_MEMORY + "."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidDataException(problems);
    }
  }

  /// All sequences of every document, a tenth for testing and a tenth for references.
  public static TextDatasetOptions of(int sequenceLength, Seed seed) {
    return new TextDatasetOptions(sequenceLength, ALL_SEQUENCES, 0.1, 0.1, seed, USUAL_MEMORY);
  }

  public TextDatasetOptions withShares(double test, double reference) {
    return new TextDatasetOptions(
        sequenceLength, sequencesPerDocument, test, reference, seed, memory);
  }

  public TextDatasetOptions withSequencesPerDocument(int most) {
    return new TextDatasetOptions(sequenceLength, most, testShare, referenceShare, seed, memory);
  }

  public TextDatasetOptions withMemory(int bytes) {
    return new TextDatasetOptions(
        sequenceLength, sequencesPerDocument, testShare, referenceShare, seed, bytes);
  }

  private static void requireShare(List<Problem> problems, String field, double share) {
    if (!(share >= 0 && share <= LARGEST_SHARE)) {
      problems.add(
          new Problem(field, String.valueOf(share), "0 to " + LARGEST_SHARE, "The usual is 0.1."));
    }
  }
}
