package dev.mneme.data.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Between the readers of files and the user of documents: hands usable text on and keeps count of
/// what was skipped.
final class RowCollector {
  private static final int EXAMPLES = 3;
  private static final int COLUMNS = 20;

  private final DocumentSink sink;
  private final List<String> sources;
  private final long longest;
  private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
  private final Map<SkipReason, List<String>> examples = new EnumMap<>(SkipReason.class);
  private final Set<String> columns = new LinkedHashSet<>();
  private long documents;
  private long bytes;
  private long pieces;
  private int source;

  RowCollector(DocumentSink sink, List<String> sources, long longest) {
    this.sink = sink;
    this.sources = sources;
    this.longest = longest;
  }

  /// Which source the following rows are from.
  void begin(int newSource) {
    source = newSource;
  }

  String sourceName() {
    return sources.get(source);
  }

  /// The longest document in bytes.
  long longest() {
    return longest;
  }

  void text(long row, String text) throws IOException {
    text(row, text.getBytes(StandardCharsets.UTF_8), false);
  }

  /// @param mayBeDamaged whether the bytes come as they are from a file
  void text(long row, byte[] text, boolean mayBeDamaged) throws IOException {
    if (text.length > longest) {
      skip(row, SkipReason.TOO_LONG);
    } else if (isBlank(text)) {
      skip(row, SkipReason.EMPTY);
    } else if (isBinary(text, mayBeDamaged)) {
      skip(row, SkipReason.BINARY);
    } else {
      documents++;
      bytes += text.length;
      sink.accept(new Document(source, row, text));
    }
  }

  void skip(long row, SkipReason reason) {
    skipped.merge(reason, 1L, Long::sum);
    List<String> places = examples.computeIfAbsent(reason, r -> new ArrayList<>());
    if (places.size() < EXAMPLES) {
      places.add(sourceName() + ":" + row);
    }
  }

  /// A column that a row has beside the one asked for.
  void otherColumn(String name) {
    if (columns.size() < COLUMNS) {
      columns.add(name);
    }
  }

  /// A text file went on after its limit: one more document than there are files.
  void piece() {
    pieces++;
  }

  CorpusReport report() {
    Map<SkipReason, CorpusReport.Skipped> all = new EnumMap<>(SkipReason.class);
    skipped.forEach((reason, count) ->
        all.put(reason, new CorpusReport.Skipped(count, examples.getOrDefault(reason, List.of()))));
    return new CorpusReport(documents, bytes, all, pieces, List.copyOf(columns));
  }

  private static boolean isBlank(byte[] text) {
    for (byte value : text) {
      if (value != ' ' && (value < '\t' || value > '\r')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBinary(byte[] text, boolean mayBeDamaged) {
    for (byte value : text) {
      if (value == 0) {
        return true;
      }
    }
    return mayBeDamaged && Utf8.damagedBytes(text) > text.length / 10;
  }
}
