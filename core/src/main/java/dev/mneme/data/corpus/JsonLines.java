package dev.mneme.data.corpus;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Documents from JSON objects, one a line.
final class JsonLines {
  private final JsonFactory json;
  private final String column;
  private final RowCollector rows;

  private JsonLines(String column, RowCollector rows) {
    this.column = column;
    this.rows = rows;
    json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxStringLength(Math.toIntExact(rows.longest()))
                    .maxNestingDepth(100)
                    .build())
            .build();
  }

  static void read(InputStream input, String column, RowCollector rows) throws IOException {
    // A line is longer than its text: other fields, and characters that are written with escapes.
    int longestLine = (int) Math.min(1 << 29, 2 * rows.longest() + (1 << 20));
    new JsonLines(column, rows).read(new LineReader(input, longestLine));
  }

  private void read(LineReader lines) throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        rows.skip(lines.number(), SkipReason.TOO_LONG);
      } else if (!isBlank(lines)) {
        row(lines);
      }
    }
  }

  private static boolean isBlank(LineReader line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.array()[i] != ' ' && line.array()[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private void row(LineReader line) throws IOException {
    String text = "";
    SkipReason reason = SkipReason.NO_COLUMN;
    try (JsonParser parser =
        json.createParser(ObjectReadContext.empty(), line.array(), 0, line.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        rows.skip(line.number(), SkipReason.NOT_JSON);
        return;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken value = parser.nextToken();
        if (name.equals(column)) {
          reason = value == JsonToken.VALUE_NULL ? SkipReason.NULL : SkipReason.NOT_TEXT;
          if (value == JsonToken.VALUE_STRING) {
            text = parser.getString();
            reason = SkipReason.EMPTY; // of use only where the text turns out to be
          }
        } else {
          rows.otherColumn(name);
        }
        parser.skipChildren();
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        rows.skip(line.number(), SkipReason.NOT_JSON);
        return;
      }
    } catch (tools.jackson.core.exc.StreamConstraintsException e) {
      rows.skip(line.number(), SkipReason.TOO_LONG);
      return;
    } catch (JacksonException e) {
      rows.skip(line.number(), SkipReason.NOT_JSON);
      return;
    }
    if (text.isEmpty()) {
      rows.skip(line.number(), reason);
    } else {
      rows.text(line.number(), text);
    }
  }
}
