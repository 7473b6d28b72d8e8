package dev.mneme.data.text;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.InvalidDataException.Problem;
import dev.mneme.data.TokenDataset;
import dev.mneme.data.corpus.Corpus;
import dev.mneme.data.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The distinct sequences of a corpus in three splits, in files. A pure function of the documents,
/// the tokenizer and the options.
///
/// Each split is in an order that hashes decide, so that its first N sequences are a sample, and a
/// smaller sample is the beginning of a larger one.
public final class TextDataset implements AutoCloseable {
  private static final int READ_SIZE = 1 << 20;

  private final WorkFolder folder;
  private final Tokenizer tokenizer;
  private final TextDatasetOptions options;
  private final Map<Split, RecordFile> files;
  private final DocumentPlaces places;
  private final TextDatasetReport report;

  TextDataset(
      WorkFolder folder,
      Tokenizer tokenizer,
      TextDatasetOptions options,
      Map<Split, RecordFile> files,
      DocumentPlaces places,
      TextDatasetReport report) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.options = options;
    this.files = files;
    this.places = places;
    this.report = report;
  }

  /// Reads a corpus and makes a data set of it.
  ///
  /// @param folder where a folder of working files is made, which [#close] deletes; they take about
  ///   twice the size of the text with bytes, and less with longer tokens
  /// @throws InvalidDataException where the corpus cannot be read or is too small: without
  ///   documents, with one alone, or without a sequence for every split that was asked for
  /// @throws IOException where reading or writing fails
  public static TextDataset build(
      Corpus corpus, Tokenizer tokenizer, TextDatasetOptions options, Path folder)
      throws IOException {
    return new TextDatasetBuilder(corpus, tokenizer, options, SequenceHash.xxh3()).build(folder);
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public TextDatasetOptions options() {
    return options;
  }

  public TextDatasetReport report() {
    return report;
  }

  /// Says at once which of the sizes of a planned study are too large.
  ///
  /// @param trainSizes sizes of training sets
  /// @param testSize sequences to test on
  /// @throws InvalidDataException naming each of them
  public void requireSizes(Collection<Integer> trainSizes, int testSize) {
    List<Problem> problems = new ArrayList<>();
    new TreeSet<>(trainSizes).forEach(size -> requireSize(problems, Split.TRAIN, size));
    requireSize(problems, Split.TEST, testSize);
    if (!problems.isEmpty()) {
      throw new InvalidDataException(problems);
    }
  }

  private void requireSize(List<Problem> problems, Split split, int size) {
    long most = Math.min(report.count(split), Integer.MAX_VALUE / options.sequenceLength());
    if (size < 1 || size > most) {
      problems.add(
          new Problem(
              split.label() + " sequences",
              size + " asked for",
              "1 to " + most,
              size < 1
                  ? "A data set needs a sequence."
                  : "The corpus gives "
                      + report.count(split)
                      + " distinct ones of "
                      + options.sequenceLength()
                      + " tokens; take fewer, shorter ones, or more text."));
    }
  }

  /// The first `count` sequences of a split.
  ///
  /// @throws InvalidDataException where there are not so many
  public TextSequences sequences(Split split, int count) throws IOException {
    List<Problem> problems = new ArrayList<>();
    requireSize(problems, split, count);
    if (!problems.isEmpty()) {
      throw new InvalidDataException(problems);
    }
    int length = options.sequenceLength();
    int[] tokens = new int[count * length];
    int[] documents = new int[count];
    int[] offsets = new int[count];
    int[] occurrences = new int[count];
    int[] filled = {0};
    TokenPacking packing = TokenPacking.forVocabulary(tokenizer.vocabularySize());
    visit(
        split,
        (bytes, record) -> {
          int index = filled[0]++;
          documents[index] = RecordLayout.document(bytes, record);
          offsets[index] = RecordLayout.offset(bytes, record);
          occurrences[index] = RecordLayout.occurrences(bytes, record);
          unpack(packing, bytes, record, tokens, index * length, length);
          return filled[0] < count;
        });
    return new TextSequences(
        split,
        TokenDataset.of(tokenizer.vocabularySize(), length, tokens),
        documents,
        offsets,
        occurrences);
  }

  private static void unpack(
      TokenPacking packing, byte[] bytes, int record, int[] tokens, int from, int length) {
    for (int position = 0; position < length; position++) {
      tokens[from + position] =
          packing.get(bytes, record + RecordLayout.TOKENS + position * packing.width());
    }
  }

  /// Gives the tokens of all sequences of a split to `visitor`, in order, one sequence in memory.
  void forEach(Split split, TokensVisitor visitor) throws IOException {
    int[] tokens = new int[options.sequenceLength()];
    TokenPacking packing = TokenPacking.forVocabulary(tokenizer.vocabularySize());
    visit(
        split,
        (bytes, record) -> {
          unpack(packing, bytes, record, tokens, 0, tokens.length);
          visitor.visit(tokens);
          return true;
        });
  }

  /// Takes the tokens of a sequence, in an array that the next one will reuse.
  @FunctionalInterface
  interface TokensVisitor {
    void visit(int[] tokens);
  }

  private void visit(Split split, RecordFile.Visitor visitor) throws IOException {
    RecordFile file = files.get(split);
    if (file != null) {
      file.read(READ_SIZE, visitor);
    }
  }

  /// A sequence as text. Where it begins or ends inside a character, that becomes U+FFFD.
  public String text(TextSequences sequences, int index) {
    return new String(tokenizer.decode(sequences.tokens().sequence(index)), StandardCharsets.UTF_8);
  }

  /// Where a document stands in the corpus, such as `speeches.jsonl:17`.
  ///
  /// @param document as [TextSequences#document] gives it
  public String documentName(int document) throws IOException {
    return places.name(document);
  }

  /// Deletes the working files; sequences already in memory stay.
  @Override
  public void close() throws IOException {
    folder.close();
  }
}
