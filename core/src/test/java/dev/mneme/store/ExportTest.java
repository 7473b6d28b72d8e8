package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.experiment.StorageException;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.model.InvalidConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  @TempDir private static Path filled;
  @TempDir private Path home;
  private StoreReader store;
  private byte[] content;

  @BeforeAll
  static void fill() {
    Path file = filled.resolve("trials.duckdb");
    MadeUpTrials.fill(file, 5);
    try (TrialStore more = TrialStore.open(file, "test")) {
      more.keep(TrialOutcome.of(MadeUpTrials.failed(5)));
    }
  }

  @BeforeEach
  void open() throws IOException {
    Path file = Files.copy(filled.resolve("trials.duckdb"), home.resolve("trials.duckdb"));
    content = Files.readAllBytes(file);
    store = TrialStore.openExisting(file, "test");
  }

  @AfterEach
  void theStoreIsAsItWas() {
    store.close();
    assertThat(store.file()).hasBinaryContent(content);
  }

  private static List<String> lines(String sql) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Connection connection =
            new DuckDBDriver().connect("jdbc:duckdb:", new java.util.Properties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String reader(ExportFormat format, Path output) {
    return switch (format) {
      case PARQUET -> "read_parquet(" + Database.quote(output) + ")";
      case CSV -> "read_csv(" + Database.quote(output) + ")";
      case JSONL -> "read_json(" + Database.quote(output) + ", format = 'newline_delimited')";
    };
  }

  /// Read back with DuckDB, an export has every row and every figure to the last bit.
  @ParameterizedTest
  @EnumSource
  void aTableReadsBack(ExportFormat format) throws Exception {
    Path output = home.resolve("deep/er/it's trials.out");
    assertThat(store.exportTable("trials", format, output)).isEqualTo(6);

    List<String> expected = new ArrayList<>();
    Answer.of(store, "SELECT id || ' ' || coalesce(net_bits::VARCHAR, '-') FROM trials ORDER BY id")
        .rows()
        .forEach(row -> expected.add(((QueryValue.Text) row.getFirst()).value()));
    assertThat(
            lines(
                "SELECT id || ' ' || coalesce(net_bits::DOUBLE::VARCHAR, '-') FROM "
                    + reader(format, output)
                    + " ORDER BY id"))
        .isEqualTo(expected);
    assertThat(
            lines("SELECT count(*) FROM (DESCRIBE SELECT * FROM " + reader(format, output) + ")"))
        .containsExactly("63");
    assertThat(
            lines(
                "SELECT record::VARCHAR::JSON ->> '$.status' FROM "
                    + reader(format, output)
                    + " ORDER BY number"))
        .containsExactly("finished", "finished", "finished", "finished", "finished", "failed");
  }

  @Test
  void theFormatsAreWhatTheySay() throws IOException {
    store.exportQuery("SELECT 1 AS a, NULL AS b", ExportFormat.CSV, home.resolve("a.csv"));
    store.exportQuery("SELECT 1 AS a, NULL AS b", ExportFormat.JSONL, home.resolve("a.jsonl"));
    store.exportQuery("SELECT 1 AS a, NULL AS b", ExportFormat.PARQUET, home.resolve("a.parquet"));
    assertThat(home.resolve("a.csv")).hasContent("a,b\n1,\n");
    assertThat(home.resolve("a.jsonl")).hasContent("{\"a\":1,\"b\":null}\n");
    assertThat(Files.readAllBytes(home.resolve("a.parquet"))).startsWith('P', 'A', 'R', '1');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM trials",
        "SELECT id FROM trials;",
        "FROM trials SELECT id -- a remark; with a semicolon",
        "/* ) */ WITH t AS (SELECT id, ') TO ''x''' AS s FROM trials) SELECT id FROM t",
        "SELECT id FROM trials UNION ALL SELECT id FROM trials WHERE false",
        "TABLE trials"
      })
  void everySelectCanBeExported(String sql) throws Exception {
    Path output = home.resolve("out.csv");
    assertThat(store.exportQuery(sql, ExportFormat.CSV, output)).isEqualTo(6);
    assertThat(lines("SELECT id FROM " + reader(ExportFormat.CSV, output)))
        .hasSize(6)
        .contains(MadeUpTrials.id(5));
  }

  /// `HOME` stands for the folder of the store.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELEC 1",
        "SELECT nothing FROM trials",
        "SELECT ? FROM trials",
        "SELECT 1; SELECT 2",
        "DROP TABLE trials",
        "COPY trials TO 'HOME/hacked.csv'",
        "SELECT 1) TO 'HOME/hacked.csv'; COPY (SELECT 1",
        "SELECT 1) TO 'HOME/hacked.csv' --",
        "SELECT 1) TO 'HOME/trials.duckdb' (USE_TMP_FILE false); COPY (SELECT 1",
        "SELECT 1; ATTACH 'HOME/trials.duckdb' AS again; DELETE FROM again.trials",
        "FROM read_csv('HOME/trials.duckdb.lock')",
        "FROM enable_logging(storage = 'file', storage_config = {'path': 'HOME/hacked'})"
      })
  void whatIsNoSelectIsRefusedAndWritesNothing(String sql) throws IOException {
    List<String> before = names();
    assertThatThrownBy(() ->
            store.exportQuery(
                sql.replace("HOME", home.toString()), ExportFormat.CSV, home.resolve("out.csv")))
        .isInstanceOf(QueryException.class)
        .message()
        .isNotBlank();
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path precious = Files.writeString(home.resolve("precious.csv"), "precious");
    for (Path taken : List.of(precious, store.file(), home)) {
      assertThatThrownBy(() -> store.exportTable("trials", ExportFormat.CSV, taken))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("is there already");
    }
    assertThat(precious).hasContent("precious");
    Path log = home.resolve("trials.duckdb.wal");
    assertThatThrownBy(() -> store.exportTable("trials", ExportFormat.CSV, log))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("a name that belongs to the store");
    assertThat(log).doesNotExist();
    assertThatThrownBy(
            () -> store.exportTable("trials", ExportFormat.CSV, precious.resolve("below")))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void anUnknownTableIsAMistakeThatNamesTheKnownOnes() {
    for (String name : List.of("trial", "trials\"; DROP TABLE trials; --", "")) {
      assertThatThrownBy(() -> store.exportTable(name, ExportFormat.CSV, home.resolve("out.csv")))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining(
              "attack_scores, capacity_points, completions, curve_points, experiment_trials,"
                  + " experiments, sample_memorization, sample_scores, store_format,"
                  + " token_scores, trials");
    }
  }
}
