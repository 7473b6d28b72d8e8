package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.experiment.TrialOutcome;
import dev.mneme.store.QueryRows.Column;
import dev.mneme.store.QueryValue.Amount;
import dev.mneme.store.QueryValue.Missing;
import dev.mneme.store.QueryValue.Text;
import dev.mneme.store.QueryValue.Truth;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @TempDir private static Path filled;
  @TempDir private Path home;
  private StoreReader store;

  @BeforeAll
  static void fill() {
    MadeUpTrials.fill(filled.resolve("trials.duckdb"), 5);
  }

  @BeforeEach
  void open() throws IOException {
    Path file = Files.copy(filled.resolve("trials.duckdb"), home.resolve("trials.duckdb"));
    Files.writeString(home.resolve("precious.csv"), "a\n1\n");
    store = TrialStore.openExisting(file, "test");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void valuesHaveTheirTypes() {
    Answer answer =
        Answer.of(
            store,
            """
            SELECT 1 AS whole, 1.5::DOUBLE AS "odd ""name", 1.50::DECIMAL(9, 2), 2::HUGEINT,
              true, NULL, 'text', DATE '2026-01-02', [1, 2], {'a': 'b'}, 'nan'::DOUBLE
            """);
    assertThat(answer.columns().subList(0, 2))
        .containsExactly(new Column("whole", "INTEGER"), new Column("odd \"name", "DOUBLE"));
    assertThat(answer.rows())
        .containsExactly(
            List.of(
                new Amount(1),
                new Amount(1.5),
                new Amount(new BigDecimal("1.50")),
                new Amount(BigInteger.TWO),
                new Truth(true),
                new Missing(),
                new Text("text"),
                new Text("2026-01-02"),
                new Text("[1, 2]"),
                new Text("{'a': b}"),
                new Amount(Double.NaN)));
  }

  @Test
  void ofSeveralStatementsTheLastOneAnswers() {
    assertThat(
            Answer.of(store, "CREATE TEMP TABLE mine AS SELECT 7 AS x; SELECT x + 1 FROM mine")
                .rows())
        .containsExactly(List.of(new Amount(8)));
    Answer none = Answer.of(store, "CREATE TEMP TABLE other (x INTEGER)");
    assertThat(none.columns()).isEmpty();
    assertThat(none.rows()).isEmpty();
  }

  @Test
  void theViewsAnswer() {
    assertThat(Answer.of(store, "SELECT sum(seeds) FROM capacity_points").rows())
        .containsExactly(List.of(new Amount(new BigInteger("5"))));
    List<QueryValue> row =
        Answer.of(
                store,
                "SELECT memorized_bits FROM sample_memorization WHERE data = 'training'"
                    + " AND sample = 3 AND trial = '"
                    + MadeUpTrials.id(2)
                    + "'")
            .rows()
            .getFirst();
    // S · log2 V less the code length, from the definitions in MadeUpTrials
    double expected = 7 * Math.log(97) / Math.log(2) - Math.sqrt(4) * 2.1;
    assertThat(((Amount) row.getFirst()).value().doubleValue()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void meansAreOverSeedsAlone() {
    Path file = home.resolve("seeds.duckdb");
    try (TrialStore seeds = TrialStore.open(file, "test")) {
      for (int seed = 1; seed <= 3; seed++) {
        seeds.keep(TrialOutcome.of(MadeUpTrials.seed(seed, 100 * seed)));
      }
      seeds.keep(MadeUpTrials.withScores(8));
    }
    try (StoreReader seeds = TrialStore.openExisting(file, "test")) {
      assertThat(
              Answer.of(
                      seeds,
                      "SELECT seeds, mean_net_bits, deviation_net_bits FROM capacity_points"
                          + " WHERE seeds > 1")
                  .rows())
          .containsExactly(List.of(new Amount(3L), new Amount(200.0), new Amount(100.0)));
    }
  }

  @Test
  void mistakesAreToldInDuckDbsWords() {
    assertThatThrownBy(() -> Answer.of(store, "SELEC 1"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("syntax error at or near \"SELEC\"");
    assertThatThrownBy(() -> Answer.of(store, "SELECT net_bit FROM trials"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("net_bits")
        .hasMessageContaining("LINE 1");
    assertThatThrownBy(
            () -> Answer.of(store, "SELECT error('at row ' || sample) FROM sample_scores"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("at row 0");
    assertThatThrownBy(() ->
            Answer.of(
                store,
                "SELECT CASE WHEN range = 700000 THEN error('late') END FROM range(1000000)"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("late");
    for (String nothing : List.of("", " ", ";", "-- a remark")) {
      assertThatThrownBy(() -> Answer.of(store, nothing)).isInstanceOf(QueryException.class);
    }
    // and the reader goes on, whatever state the SQL left behind
    assertThatThrownBy(() -> Answer.of(store, "BEGIN; SELECT nothing FROM nowhere"))
        .isInstanceOf(QueryException.class);
    Answer.of(store, "BEGIN");
    assertThat(Answer.of(store, "SELECT count(*) FROM trials").rows())
        .containsExactly(List.of(new Amount(5L)));
  }

  @Test
  void whoeverTakesTheRowsMayStop() {
    assertThatThrownBy(() ->
            store.query(
                "FROM range(10000000)",
                new QueryRows() {
                  @Override
                  public void columns(List<Column> columns) {}

                  @Override
                  public void row(List<QueryValue> values) {
                    throw new IllegalArgumentException("enough");
                  }
                }))
        .hasMessage("enough");
    assertThat(store.experiments()).isEmpty();
  }

  /// `STORE`, `LOG` and `HOME` stand for the paths of the store, of its write-ahead log and of its
  /// folder.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO experiments VALUES ('a', 'b', 'c', 'd')",
        "UPDATE trials SET net_bits = 0",
        "DELETE FROM store.main.trials",
        "DROP TABLE trials",
        "TRUNCATE trials",
        "ALTER TABLE trials ADD COLUMN x INTEGER",
        "CREATE TABLE mine (x INTEGER)",
        "CREATE VIEW mine AS SELECT 1",
        "COMMENT ON TABLE trials IS 'x'",
        "SELECT 1; DROP TABLE trials",
        "BEGIN; DELETE FROM trials; COMMIT; SELECT 1",
        "ATTACH 'STORE' AS again",
        "ATTACH 'STORE' AS again (READ_WRITE)",
        "USE memory; DETACH store; ATTACH 'STORE' AS again (READ_WRITE); DELETE FROM again.trials",
        "ATTACH OR REPLACE 'STORE' AS store (READ_WRITE)",
        "ATTACH 'HOME/other.duckdb' AS other",
        "COPY (SELECT 1) TO 'STORE'",
        "COPY (SELECT 1) TO 'STORE' (FORMAT csv, USE_TMP_FILE false)",
        "COPY (SELECT 1) TO 'LOG' (FORMAT csv, USE_TMP_FILE false)",
        "COPY trials TO 'HOME/precious.csv'",
        "COPY trials FROM 'HOME/precious.csv'",
        "EXPORT DATABASE 'HOME'",
        "SET disabled_filesystems = ''",
        "RESET disabled_filesystems",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "PRAGMA profiling_output = 'STORE'",
        "SET log_query_path = 'STORE'",
        "FROM enable_logging(storage = 'file', storage_config = {'path': 'STORE'})",
        "SELECT * FROM read_csv('HOME/precious.csv')",
        "SELECT * FROM 'HOME/precious.csv'",
        "FROM read_blob('/etc/passwd')",
        "INSTALL httpfs",
        "LOAD 'HOME/precious.csv'"
      })
  void noSqlCanWriteOrReadAnyFile(String sql) throws IOException {
    String aimed =
        sql.replace("STORE", store.file().toString())
            .replace("LOG", store.file() + ".wal")
            .replace("HOME", home.toString());
    Map<String, String> before = contents();

    assertThat(catchThrowable(() -> Answer.of(store, aimed))).isInstanceOf(QueryException.class);

    assertThat(contents()).isEqualTo(before);
    close();
    assertThat(contents()).isEqualTo(before);
    try (StoreReader again = TrialStore.openExisting(store.file(), "test")) {
      assertThat(again.find(List.of(MadeUpTrials.id(4)))).hasSize(1);
    }
    assertThat(contents()).isEqualTo(before);
  }

  /// What is accepted has no effect on the store either.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CHECKPOINT",
        "VACUUM",
        "ANALYZE",
        "USE memory; CREATE TABLE mine (x INTEGER); INSERT INTO mine VALUES (1)",
        "SET VARIABLE x = 1",
        "PREPARE p AS SELECT 1; EXECUTE p"
      })
  void whatIsAcceptedChangesNothing(String sql) throws IOException {
    Map<String, String> before = contents();
    Answer.of(store, sql);
    close();
    assertThat(contents()).isEqualTo(before);
  }

  /// Every file of the home, but for the lock.
  private Map<String, String> contents() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!path.toString().endsWith(".lock")) {
          all.put(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return all;
  }
}
