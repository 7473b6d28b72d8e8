package dev.mneme.data.corpus;

import dev.mneme.data.InvalidDataException;
import java.util.List;

/// What to say where a file has other columns than the one asked for.
final class MissingColumn {
  private static final int SHOWN = 20;
  private static final int LONGEST_NAME = 60;

  private MissingColumn() {}

  static InvalidDataException of(String source, String column, List<String> columns) {
    return new InvalidDataException(
        "column " + column,
        source + " has " + list(columns),
        "a column of this name",
        "Name the column that holds the text.");
  }

  static String list(List<String> columns) {
    String names =
        String.join(
            ", ",
            columns.stream()
                .limit(SHOWN)
                .map(name ->
                    name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name)
                .toList());
    return "the columns " + names + (columns.size() > SHOWN ? ", …" : "");
  }
}
