package dev.mneme.data.corpus;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.InvalidDataException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How files are read.
///
/// @param format the format of all files; where empty, each file's name tells
/// @param column the name or header of the text in JSON, CSV and Parquet
/// @param unit what a document is in plain text
/// @param longestDocument in bytes, 1,024 to 268,435,456; longer rows are skipped
/// @param largestGrowth how many bytes a compressed file may become per byte of its own, 10 to
///   100,000, beyond the first 64 MiB; text rarely exceeds 20
public record CorpusOptions(
    Optional<FileFormat> format,
    String column,
    TextUnit unit,
    int longestDocument,
    int largestGrowth) {

  /// The name that web-text data sets use.
  public static final String USUAL_COLUMN = "text";

  /// Format by name, column `text`, a document per text file, 16 MiB a document, growth by 200.
  public static final CorpusOptions DEFAULT =
      new CorpusOptions(Optional.empty(), USUAL_COLUMN, TextUnit.FILE, 1 << 24, 200);

  /// @throws InvalidDataException naming every field that is out of range
  public CorpusOptions {
    List<Problem> problems = new ArrayList<>();
    if (column.isEmpty()) {
      problems.add(
          new Problem("column", "an empty name", "the name of a column", "The usual is text."));
    }
    if (longestDocument < 1 << 10 || longestDocument > 1 << 28) {
      problems.add(
          new Problem(
              "longest document",
              longestDocument + " bytes",
              (1 << 10) + " to " + (1 << 28),
              "A document lies in memory while it is cut."));
    }
    if (largestGrowth < 10 || largestGrowth > 100_000) {
      problems.add(
          new Problem(
              "largest growth",
              String.valueOf(largestGrowth),
              "10 to 100000",
              "Compressed text becomes 3 to 20 times as long."));
    }
    if (!problems.isEmpty()) {
      throw new InvalidDataException(problems);
    }
  }

  public CorpusOptions withColumn(String name) {
    return new CorpusOptions(format, name, unit, longestDocument, largestGrowth);
  }

  public CorpusOptions withUnit(TextUnit newUnit) {
    return new CorpusOptions(format, column, newUnit, longestDocument, largestGrowth);
  }

  public CorpusOptions withFormat(FileFormat newFormat) {
    return new CorpusOptions(Optional.of(newFormat), column, unit, longestDocument, largestGrowth);
  }

  public CorpusOptions withLongestDocument(int bytes) {
    return new CorpusOptions(format, column, unit, bytes, largestGrowth);
  }
}
