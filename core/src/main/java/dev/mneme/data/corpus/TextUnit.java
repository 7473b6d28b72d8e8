package dev.mneme.data.corpus;

/// What a document is in a file of plain text.
public enum TextUnit {
  /// The whole file; one that is longer than the limit is cut, at the end of a line where there is
  /// one.
  FILE,
  /// What stands between blank lines.
  PARAGRAPH,
  /// A line.
  LINE
}
