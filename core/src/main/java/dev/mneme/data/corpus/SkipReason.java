package dev.mneme.data.corpus;

/// Why a row gave no document.
public enum SkipReason {
  EMPTY("empty or white space only"),
  TOO_LONG("longer than the limit for a document"),
  NOT_JSON("not a JSON object"),
  NO_COLUMN("without the column"),
  NULL("null in the column"),
  NOT_TEXT("not a string in the column"),
  BINARY("binary: a NUL byte, or more than a tenth of the bytes no UTF-8");

  private final String description;

  SkipReason(String description) {
    this.description = description;
  }

  /// For a person, to follow a count: `3 not a JSON object`.
  public String description() {
    return description;
  }
}
