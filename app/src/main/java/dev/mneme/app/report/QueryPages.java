package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Printable;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.store.QueryRows;
import dev.mneme.store.QueryValue;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// The answer to a query, for a reader or for a program.
public final class QueryPages {
  private static final int MOST_ROWS = 1000;
  private static final int LONGEST_CELL = 60;

  private QueryPages() {}

  /// Rows for a table; those beyond the first thousand are counted only.
  public static final class Collected implements QueryRows {
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> header = List.of();
    private long count;

    @Override
    public void columns(List<Column> columns) {
      header = columns.stream().map(column -> Printable.of(column.name(), ' ')).toList();
    }

    @Override
    public void row(List<QueryValue> values) {
      count++;
      if (count <= MOST_ROWS) {
        rows.add(values.stream().map(QueryPages::text).toList());
      }
    }

    /// Writes the table.
    public void write(Page page) {
      if (header.isEmpty()) {
        page.line("No rows");
        return;
      }
      Table table = new Table(0, header.toArray(String[]::new));
      rows.forEach(row -> table.row(row.toArray(String[]::new)));
      table.printTo(page);
      if (count > MOST_ROWS) {
        page.line(
            page.style(
                Style.FAINT,
                "… and " + Numbers.plural(count - MOST_ROWS, "more row") + "; --json prints all."));
      }
    }
  }

  private static String text(QueryValue value) {
    return switch (value) {
      case QueryValue.Missing missing -> "–";
      case QueryValue.Truth truth -> String.valueOf(truth.value());
      case QueryValue.Amount amount -> amount.value().toString();
      case QueryValue.Text text -> shorten(Printable.of(text.value(), ' '));
    };
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…";
  }

  /// Prints every row as it comes, one JSON object a line.
  public static QueryRows jsonLines(PrintStream out) {
    JsonFactory factory =
        JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    return new QueryRows() {
      private List<Column> header = List.of();

      @Override
      public void columns(List<Column> columns) {
        header = columns;
      }

      @Override
      public void row(List<QueryValue> values) {
        try (JsonGenerator line = factory.createGenerator(ObjectWriteContext.empty(), out)) {
          line.writeStartObject();
          for (int i = 0; i < values.size(); i++) {
            line.writeName(header.get(i).name());
            write(line, values.get(i));
          }
          line.writeEndObject();
        }
        out.print('\n');
      }
    };
  }

  private static void write(JsonGenerator line, QueryValue value) {
    switch (value) {
      case QueryValue.Missing missing -> line.writeNull();
      case QueryValue.Truth truth -> line.writeBoolean(truth.value());
      case QueryValue.Text text -> line.writeString(text.value());
      case QueryValue.Amount amount -> {
        switch (amount.value()) {
          case BigDecimal exact -> line.writeNumber(exact);
          case BigInteger whole -> line.writeNumber(whole);
          case Double number -> line.writeNumber(number);
          case Float number -> line.writeNumber(number);
          case Number whole -> line.writeNumber(whole.longValue());
        }
      }
    }
  }
}
