package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mneme.experiment.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not a store is refused in words and stays as it was.
class RefusedFilesTest {
  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = home.resolve("trials.duckdb");
  }

  /// Opens the file for writing and for reading; both must be refused without changing anything.
  private void assertRefused(String given, String expected) throws IOException {
    for (BiFunction<Path, String, AutoCloseable> open :
        List.<BiFunction<Path, String, AutoCloseable>>of(
            TrialStore::open, TrialStore::openExisting)) {
      Map<String, String> before = contents();
      StorageException refusal =
          catchThrowableOfType(StorageException.class, () -> open.apply(file, "test").close());
      assertThat(refusal).isNotNull();
      assertThat(refusal.problem().field()).isEqualTo("store");
      assertThat(refusal.problem().given()).contains(file.getFileName().toString(), given);
      assertThat(refusal.problem().expected()).contains(expected);
      assertThat(refusal.problem().hint()).isNotBlank();
      assertThat(refusal.getMessage()).doesNotContain("Exception", "java.");
      assertThat(contents()).isEqualTo(before);
    }
  }

  /// Every file below the home with its content, but for locks.
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

  @Test
  void aTextFile() throws IOException {
    Files.writeString(file, "my precious notes\n");
    assertRefused("not a file of DuckDB", "a store of Mneme");
  }

  @Test
  void anEmptyFile() throws IOException {
    Files.createFile(file);
    assertRefused("an empty file", "a store of Mneme");
  }

  @Test
  void aFolder() throws IOException {
    Files.createDirectory(file);
    Files.writeString(file.resolve("inside"), "precious");
    assertRefused("a folder", "a store of Mneme");
  }

  @Test
  void aBrokenLink() throws IOException {
    Files.createSymbolicLink(file, home.resolve("nowhere"));
    assertRefused("a link to a file that is missing", "a store of Mneme");
    assertThat(home.resolve("nowhere")).doesNotExist();
  }

  @Test
  void garbageThatBeginsLikeDuckDb() throws IOException {
    byte[] garbage = new byte[100_000];
    Arrays.fill(garbage, (byte) 0x5a);
    System.arraycopy("DUCK".getBytes(StandardCharsets.US_ASCII), 0, garbage, 8, 4);
    Files.write(file, garbage);
    assertRefused("DuckDB", "");
  }

  @Test
  void aStoreThatWasCutOff() throws IOException {
    MadeUpTrials.fill(file, 20);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {10, 100, 5000, 20_000, whole.length / 2}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("DuckDB", "");
    }
  }

  @Test
  void aStoreWithDamagedHeaders() throws IOException {
    TrialStore.open(file, "test").close();
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(4096);
      bytes.write(new byte[8192]);
    }
    assertRefused("DuckDB", "sound store");
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = Database.write(file);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  @Test
  void aDatabaseOfSomethingElse() throws Exception {
    sql("CREATE TABLE trials (id VARCHAR)", "INSERT INTO trials VALUES ('precious')");
    assertRefused("a DuckDB database that Mneme did not make", "a store of Mneme");
  }

  @Test
  void aDatabaseWithATableOfThatNameThatIsSomethingElse() throws Exception {
    sql("CREATE TABLE store_format (version VARCHAR)");
    assertRefused("a DuckDB database that Mneme did not make", "a store of Mneme");
  }

  @Test
  void aStoreOfANewerFormat() throws Exception {
    TrialStore.open(file, "test").close();
    sql("UPDATE store_format SET version = 7, written_by = '9.8.7'");
    assertRefused(
        "format version 7, written by Mneme 9.8.7", "format version " + StoreFormat.VERSION);
    StorageException refusal =
        catchThrowableOfType(StorageException.class, () -> TrialStore.open(file, "test"));
    assertThat(refusal.problem().hint()).contains("Update Mneme");
  }

  @Test
  void aStoreOfAnOlderFormatWithoutAWayHere() throws Exception {
    TrialStore.open(file, "test").close();
    sql("UPDATE store_format SET version = 0, written_by = '0.0.1'");
    assertRefused(
        "format version 0, written by Mneme 0.0.1", "format version " + StoreFormat.VERSION);
  }

  @Test
  void aStoreWithoutAFormatVersion() throws Exception {
    TrialStore.open(file, "test").close();
    sql("DELETE FROM store_format");
    assertRefused("a store without a format version", "a store of Mneme");
  }

  @Test
  void aFileOfANewerDuckDb() throws Exception {
    TrialStore.open(file, "test").close();
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(12); // the storage version, after checksum and magic bytes
      bytes.writeLong(Long.reverseBytes(9999));
    }
    assertRefused("DuckDB", "");
  }

  @Test
  void aLogWithoutItsStore() throws IOException {
    Files.writeString(home.resolve("trials.duckdb.wal"), "precious");
    StorageException refusal =
        catchThrowableOfType(StorageException.class, () -> TrialStore.open(file, "test"));
    assertThat(refusal.problem().given()).contains("trials.duckdb.wal");
    assertThat(file).doesNotExist();
    assertThat(home.resolve("trials.duckdb.wal")).hasContent("precious");
  }

  @Test
  void aNameThatDuckDbWouldMisread() throws IOException {
    file = home.resolve("what?.duckdb");
    StorageException refusal =
        catchThrowableOfType(StorageException.class, () -> TrialStore.open(file, "test"));
    assertThat(refusal.problem().expected()).isEqualTo("a name without them");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aMissingFileIsNotMadeForReading() {
    StorageException refusal =
        catchThrowableOfType(
            StorageException.class, () -> TrialStore.openExisting(file, "test").close());
    assertThat(refusal.problem().given()).contains("which is not there");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aFileInPlaceOfTheFolder() throws IOException {
    Files.writeString(home.resolve("plain"), "precious");
    file = home.resolve("plain/trials.duckdb");
    for (BiFunction<Path, String, AutoCloseable> open :
        List.<BiFunction<Path, String, AutoCloseable>>of(
            TrialStore::open, TrialStore::openExisting)) {
      assertThat(
              catchThrowableOfType(StorageException.class, () -> open.apply(file, "test").close()))
          .isNotNull();
    }
    assertThat(home.resolve("plain")).hasContent("precious");
  }
}
