package dev.mneme.data.text;

import dev.mneme.data.Sha256;
import dev.mneme.data.corpus.Corpus;
import dev.mneme.data.corpus.CorpusReport;
import dev.mneme.data.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/// The way from documents to splits: cut into partitions, deduplicate each, divide.
final class TextDatasetBuilder {
  private static final int BUFFERED = 1 << 12;
  private static final int READ_SIZE = 1 << 20;

  private final Corpus corpus;
  private final Tokenizer tokenizer;
  private final TextDatasetOptions options;
  private final SequenceHash hash;
  private final TokenPacking packing;
  private final RecordLayout layout;
  private final SequenceKey key;

  TextDatasetBuilder(
      Corpus corpus, Tokenizer tokenizer, TextDatasetOptions options, SequenceHash hash) {
    this.corpus = corpus;
    this.tokenizer = tokenizer;
    this.options = options;
    this.hash = hash;
    packing = TokenPacking.forVocabulary(tokenizer.vocabularySize());
    layout = new RecordLayout(options.sequenceLength() * packing.width());
    key = SequenceKey.of(options);
  }

  /// What phase one leaves behind.
  private record Cutting(CorpusReport corpus, SequenceCutter cutter, Partitions partitions) {}

  TextDataset build(Path parent) throws IOException {
    WorkFolder folder = new WorkFolder(parent);
    try {
      Cutting cutting = cut(folder.path());
      SmallCorpus.requireSequences(corpus, options, cutting.corpus(), cutting.cutter());
      return divide(folder, cutting);
    } catch (IOException | RuntimeException e) {
      try {
        folder.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static Path placesFile(Path folder) {
    return folder.resolve("documents");
  }

  private Cutting cut(Path folder) throws IOException {
    Partitions partitions = new Partitions(folder, "cut", layout, 0);
    try (partitions;
        DocumentPlaces.Writer places = new DocumentPlaces.Writer(placesFile(folder))) {
      SequenceCutter cutter = new SequenceCutter(options, packing, layout, hash, partitions);
      CorpusReport read =
          corpus.read(document -> {
            places.add(document);
            cutter.beginDocument();
            tokenizer.encode(document.text(), cutter);
            cutter.endDocument();
          });
      return new Cutting(read, cutter, partitions);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private TextDataset divide(WorkFolder folder, Cutting cutting) throws IOException {
    Map<Split, RecordFile> files = new EnumMap<>(Split.class);
    Map<Split, Sha256> hashes = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      files.put(
          split, new RecordFile(folder.path().resolve(split.label()), layout.size(), BUFFERED));
      hashes.put(split, Sha256.start());
    }
    BitSet trainDocuments = new BitSet();
    Deduplication deduplication =
        new Deduplication(
            folder.path(),
            layout,
            options.memory(),
            (bytes, record) -> {
              Split split = key.split(RecordLayout.key(bytes, record));
              of(files, split).append(bytes, record);
              of(hashes, split).bytes(bytes, record + Long.BYTES, layout.size() - Long.BYTES);
              if (split == Split.TRAIN) {
                trainDocuments.set(RecordLayout.document(bytes, record));
              }
              return true;
            });
    try {
      deduplication.run(cutting.partitions());
    } finally {
      for (RecordFile file : files.values()) {
        file.close();
      }
    }
    Map<Split, Long> counts = new EnumMap<>(Split.class);
    files.forEach((split, file) -> counts.put(split, file.count()));
    SmallCorpus.requireSplits(options, counts);
    long distinct = counts.values().stream().mapToLong(Long::longValue).sum();
    TextDatasetReport report =
        new TextDatasetReport(
            cutting.corpus(),
            cutting.cutter().sequences(),
            cutting.cutter().leftOver(),
            cutting.cutter().shortDocuments(),
            cutting.cutter().sequences() - distinct,
            deduplication.collisions(),
            counts,
            shareFrom(trainDocuments, of(files, Split.TEST)),
            contentHash(hashes));
    return new TextDataset(
        folder,
        tokenizer,
        options,
        files,
        new DocumentPlaces(placesFile(folder.path()), corpus.sources()),
        report);
  }

  private static <T> T of(Map<Split, T> bySplit, Split split) {
    T value = bySplit.get(split);
    if (value == null) {
      throw new IllegalStateException("nothing for " + split);
    }
    return value;
  }

  private static double shareFrom(BitSet documents, RecordFile file) throws IOException {
    long[] shared = {0};
    file.read(
        READ_SIZE,
        (bytes, record) -> {
          shared[0] += documents.get(RecordLayout.document(bytes, record)) ? 1 : 0;
          return true;
        });
    return file.count() == 0 ? 0 : (double) shared[0] / file.count();
  }

  private String contentHash(Map<Split, Sha256> hashes) {
    Sha256 all =
        Sha256.start()
            .string(tokenizer.contentHash())
            .number(options.sequenceLength())
            .number(options.sequencesPerDocument())
            .number(options.testShare())
            .number(options.referenceShare())
            .number(options.seed().value());
    hashes.forEach((split, hashed) -> all.string(split.label()).string(hashed.finish()));
    return all.finish();
  }
}
