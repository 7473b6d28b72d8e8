package dev.mneme.data.corpus;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What reading a corpus came to.
///
/// @param documents documents given on
/// @param bytes their length together
/// @param skipped rows that gave no document, by reason, in the order of [SkipReason]
/// @param pieces how many more documents there are because text files longer than the limit were
///   cut
/// @param columns names of columns seen in rows without the one asked for, at most a few
public record CorpusReport(
    long documents,
    long bytes,
    Map<SkipReason, Skipped> skipped,
    long pieces,
    List<String> columns) {

  /// Rows skipped for one reason.
  ///
  /// @param count how many
  /// @param first where the first of them are, such as `data.jsonl:17`
  public record Skipped(long count, List<String> first) {
    public Skipped {
      first = List.copyOf(first);
    }
  }

  public CorpusReport {
    skipped = Map.copyOf(skipped);
    columns = List.copyOf(columns);
  }

  /// All rows that gave no document.
  public long skippedRows() {
    return skipped.values().stream().mapToLong(Skipped::count).sum();
  }

  /// One line for a person, such as `2 rows skipped: 1 empty (a.csv:3), 1 not a JSON object (…)`.
  public String describeSkipped() {
    if (skipped.isEmpty()) {
      return "no rows skipped";
    }
    return (skippedRows() == 1 ? "1 row" : skippedRows() + " rows")
        + " skipped: "
        + skipped.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry ->
                entry.getValue().count()
                    + " "
                    + entry.getKey().description()
                    + " ("
                    + String.join(", ", entry.getValue().first())
                    + (entry.getValue().count() > entry.getValue().first().size() ? ", …" : "")
                    + ")")
            .collect(Collectors.joining(", "));
  }
}
