package dev.mneme.data.corpus;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.mneme.data.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/// Documents from a column of comma- or tab-separated values. Damaged UTF-8 is read as U+FFFD.
final class CsvDocuments {
  private CsvDocuments() {}

  /// @throws InvalidDataException where the column is missing or the file is no such table: after a
  ///   quote that does not end, what follows cannot be told apart
  static void read(InputStream input, char separator, String column, RowCollector rows)
      throws IOException {
    int longestRecord = (int) Math.min(1 << 29, 2 * rows.longest() + (1 << 20));
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .detectBomHeader(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(longestRecord)
            .ofCsvRecord(input, StandardCharsets.UTF_8)) {
      Iterator<CsvRecord> iterator = records.iterator();
      if (!iterator.hasNext()) {
        return;
      }
      int index = columnIndex(iterator.next().getFields(), column, rows);
      while (iterator.hasNext()) {
        CsvRecord row = iterator.next();
        if (index < row.getFieldCount()) {
          rows.text(row.getStartingLineNumber(), row.getField(index));
        } else {
          rows.skip(row.getStartingLineNumber(), SkipReason.NO_COLUMN);
        }
      }
    } catch (CsvParseException e) {
      throw new InvalidDataException(
          rows.sourceName(),
          "a record that cannot be read (" + e.getMessage() + ")",
          "a table with a header line, as RFC 4180 describes it",
          "Look for a quote that is not closed, or name the format that the file has.");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static int columnIndex(List<String> header, String column, RowCollector rows) {
    for (int i = 0; i < header.size(); i++) {
      String name = i == 0 ? header.get(0).replace("\uFEFF", "") : header.get(i);
      if (name.equals(column)) {
        return i;
      }
    }
    throw MissingColumn.of(rows.sourceName(), column, header);
  }
}
