package dev.mneme.store;

/// What an export is written as.
public enum ExportFormat {
  /// Apache Parquet: keeps types, and is small.
  PARQUET("FORMAT parquet"),
  /// Comma-separated values with a line of names. NULL is an empty field.
  CSV("FORMAT csv, HEADER true"),
  /// One JSON object a line.
  JSONL("FORMAT json");

  private final String options;

  ExportFormat(String options) {
    this.options = options;
  }

  /// For `COPY`.
  String options() {
    return options;
  }
}
