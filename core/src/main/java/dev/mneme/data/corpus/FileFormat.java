package dev.mneme.data.corpus;

import java.util.Locale;
import java.util.Optional;

/// How documents lie in a file.
public enum FileFormat {
  /// Text; see [TextUnit] for what a document is.
  TEXT,
  /// A JSON object per line, the document in one of its names.
  JSON_LINES,
  /// Comma-separated values (RFC 4180) with a header line.
  CSV,
  /// The same, separated by tabs.
  TSV,
  /// Apache Parquet, the document in a column of strings.
  PARQUET;

  /// The format that a file's name tells, such as `data.jsonl.gz`.
  static Optional<FileFormat> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|gzip|zst|zstd)$", "");
    int dot = lower.lastIndexOf('.');
    return switch (lower.substring(dot + 1)) {
      case "txt", "text", "md" -> Optional.of(TEXT);
      case "jsonl", "ndjson", "json" -> Optional.of(JSON_LINES);
      case "csv" -> Optional.of(CSV);
      case "tsv" -> Optional.of(TSV);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }
}
