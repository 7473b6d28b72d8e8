package dev.mneme.data.corpus;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.InvalidDataException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Documents from files: plain text, JSON lines, CSV, TSV and Parquet, all but the last also packed
/// by gzip or zstd.
public final class FileCorpus implements Corpus {
  private record Source(Path file, FileFormat format) {}

  private final String name;
  private final List<Source> sources;
  private final CorpusOptions options;

  private FileCorpus(String name, List<Source> sources, CorpusOptions options) {
    this.name = name;
    this.sources = sources;
    this.options = options;
  }

  /// Finds the files.
  ///
  /// @param patterns paths and glob patterns; files are read in this order, those of one pattern
  ///   sorted, and none twice
  /// @throws InvalidDataException naming every pattern without files and every file of unknown
  ///   format
  public static FileCorpus of(List<String> patterns, CorpusOptions options) {
    List<Problem> problems = new ArrayList<>();
    Set<Path> files = new LinkedHashSet<>();
    if (patterns.isEmpty()) {
      problems.add(new Problem("corpus", "no file", "at least one", "Name files or a pattern."));
    }
    patterns.forEach(pattern -> files.addAll(FilePatterns.files(pattern, problems)));
    List<Source> sources = new ArrayList<>();
    for (Path file : files) {
      Optional<FileFormat> format =
          options.format().or(() -> FileFormat.ofName(String.valueOf(file.getFileName())));
      format.ifPresentOrElse(
          known -> sources.add(new Source(file, known)),
          () ->
              problems.add(
                  new Problem(
                      "corpus " + file,
                      "a name that tells no format",
                      ".txt, .jsonl, .csv, .tsv or .parquet, all but the last also with .gz or"
                          + " .zst",
                      "Rename it, or name the format.")));
    }
    if (!problems.isEmpty()) {
      throw new InvalidDataException(problems);
    }
    return new FileCorpus(String.join(" ", patterns), List.copyOf(sources), options);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> sources() {
    return sources.stream().map(source -> source.file().toString()).toList();
  }

  @Override
  public CorpusReport read(DocumentSink sink) throws IOException {
    RowCollector rows = new RowCollector(sink, sources(), options.longestDocument());
    for (int i = 0; i < sources.size(); i++) {
      rows.begin(i);
      read(sources.get(i), rows);
    }
    return rows.report();
  }

  private void read(Source source, RowCollector rows) throws IOException {
    if (source.format() == FileFormat.PARQUET) {
      ParquetDocuments.read(source.file(), options.column(), rows);
      return;
    }
    try (InputStream input =
        CompressedInput.open(
            source.file().toString(),
            Files.newInputStream(source.file()),
            options.largestGrowth())) {
      switch (source.format()) {
        case TEXT -> PlainText.read(input, options.unit(), rows);
        case JSON_LINES -> JsonLines.read(input, options.column(), rows);
        case CSV -> CsvDocuments.read(input, ',', options.column(), rows);
        case TSV -> CsvDocuments.read(input, '\t', options.column(), rows);
        case PARQUET -> throw new IllegalStateException("Parquet is not read as a stream");
      }
    }
  }
}
