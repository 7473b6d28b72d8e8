package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The store explains itself, and `docs/store.md` says the same.
class StoreDocumentationTest {
  private static final Path PAGE = Path.of("..", "docs", "store.md");

  @TempDir private Path home;

  @Test
  void everyTableAndColumnIsExplainedInBothPlaces() throws IOException {
    String page = Files.readString(PAGE);
    Path file = home.resolve("trials.duckdb");
    TrialStore.open(file, "test").close();
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      List<List<QueryValue>> tables =
          Answer.of(
                  store,
                  """
                  SELECT table_name, comment FROM duckdb_tables() WHERE database_name = 'store'
                  UNION ALL
                  SELECT view_name, comment FROM duckdb_views()
                  WHERE database_name = 'store' AND NOT internal
                  """)
              .rows();
      assertThat(tables).hasSize(11);
      for (List<QueryValue> table : tables) {
        assertThat(page).contains("`" + text(table.get(0)) + "`", text(table.get(1)));
      }
      List<List<QueryValue>> columns =
          Answer.of(
                  store,
                  """
                  SELECT c.column_name, c.data_type, c.comment
                  FROM duckdb_columns() c JOIN duckdb_tables() t USING (table_oid, database_name)
                  WHERE c.database_name = 'store' AND NOT c.internal
                  """)
              .rows();
      assertThat(columns).hasSize(2 + 63 + 5 + 4 + 5 + 5 + 4 + 4 + 3);
      for (List<QueryValue> column : columns) {
        assertThat(page)
            .contains(
                "| `%s` | %s | %s |"
                    .formatted(text(column.get(0)), text(column.get(1)), text(column.get(2))));
      }
    }
  }

  @Test
  void theQuestionsOnThePageAreAnswered() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("## Questions it answers"));
    List<String> questions =
        Pattern.compile("(?m)(^ {4}.*\n)+")
            .matcher(section.substring(0, section.indexOf("## What is kept")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(questions).hasSize(5);
    Path file = home.resolve("trials.duckdb");
    try (TrialStore store = TrialStore.open(file, "test")) {
      store.keep(MadeUpTrials.withScores(1));
      store.register(
          new ExperimentRecord("my grid", "grid", "", ""), List.of(MadeUpTrials.id(1), "other"));
    }
    try (StoreReader store = TrialStore.openExisting(file, "test")) {
      for (String question : questions) {
        assertThat(Answer.of(store, question).rows()).as(question).isNotEmpty();
      }
      assertThat(Answer.of(store, questions.getLast()).rows())
          .containsExactly(List.of(new QueryValue.Text("other")));
    }
  }

  private static String text(QueryValue value) {
    assertThat(value).isInstanceOf(QueryValue.Text.class);
    return ((QueryValue.Text) value).value();
  }
}
