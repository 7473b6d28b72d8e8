package dev.mneme.data.corpus;

import static dev.mneme.data.corpus.CorpusFiles.gzip;
import static dev.mneme.data.corpus.CorpusFiles.parquet;
import static dev.mneme.data.corpus.CorpusFiles.read;
import static dev.mneme.data.corpus.CorpusFiles.write;
import static dev.mneme.data.corpus.CorpusFiles.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.corpus.CorpusFiles.Reading;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {
  private static final CorpusOptions DEFAULT = CorpusOptions.DEFAULT;

  @TempDir private Path folder;

  private static byte[] garbage(int length) {
    byte[] bytes = new byte[length];
    RandomStream random = new Seed(6).derive("garbage", 0).stream();
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"txt", "jsonl", "csv", "tsv"})
  void anEmptyFileGivesNothing(String extension) throws IOException {
    Path file = write(folder.resolve("empty." + extension), "");
    assertThat(read(file).documents()).isEmpty();
  }

  @Test
  void anEmptyParquetFileIsNone() throws IOException {
    Path file = write(folder.resolve("empty.parquet"), "");
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("PAR1");
  }

  @Test
  void binaryGarbageIsSkippedOrRefused() throws IOException {
    byte[] garbage = garbage(100_000);
    Reading text = read(Files.write(folder.resolve("a.txt"), garbage));
    assertThat(text.documents()).isEmpty();
    assertThat(text.skipped(SkipReason.BINARY)).isEqualTo(1);
    Reading json = read(Files.write(folder.resolve("a.jsonl"), garbage));
    assertThat(json.documents()).isEmpty();
    assertThat(json.skipped(SkipReason.NOT_JSON)).isGreaterThan(300);
    for (String name : new String[] {"a.csv", "a.tsv", "a.parquet"}) {
      Path file = Files.write(folder.resolve(name), garbage);
      assertThatThrownBy(() -> read(file)).isInstanceOf(InvalidDataException.class);
    }
    byte[] magic = garbage.clone();
    System.arraycopy("PAR1".getBytes(StandardCharsets.US_ASCII), 0, magic, 0, 4);
    Path parquet = Files.write(folder.resolve("b.parquet"), magic);
    assertThatThrownBy(() -> read(parquet))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("a Parquet file that cannot be read");
  }

  @Test
  void aLittleDamageIsNoGarbage() throws IOException {
    byte[] latin = "un café très agréable".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(Files.write(folder.resolve("a.txt"), latin)).documents()).isEmpty();
    byte[] longer =
        "un très long texte sans beaucoup d'accents".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(Files.write(folder.resolve("b.txt"), longer)).documents()).hasSize(1);
  }

  @Test
  void packedDataThatBreakOffAreAnError() throws IOException {
    byte[] content =
        "{\"text\": \"a row of some length\"}\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    for (byte[] packed : new byte[][] {gzip(content), zstd(content)}) {
      byte[] half = Arrays.copyOf(packed, packed.length / 2);
      Path cut = Files.write(folder.resolve("cut.jsonl"), half);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("cut.jsonl")
          .hasMessageContaining("break off or are damaged");
    }
    byte[] damaged = gzip(content);
    damaged[damaged.length - 6] ^= 1; // in the checksum
    Path file = Files.write(folder.resolve("damaged.jsonl.gz"), damaged);
    assertThatThrownBy(() -> read(file)).isInstanceOf(InvalidDataException.class);
    Path head = Files.write(folder.resolve("head.gz.txt"), new byte[] {0x1F, (byte) 0x8B, 9, 9});
    assertThatThrownBy(() -> read(head)).isInstanceOf(InvalidDataException.class);
  }

  @Test
  void packedDataThatGrowWithoutEndAreAnError() throws IOException {
    Path bomb = folder.resolve("bomb.txt.gz");
    try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 80; i++) {
        output.write(spaces);
      }
    }
    for (TextUnit unit : TextUnit.values()) {
      assertThatThrownBy(() -> read(DEFAULT.withUnit(unit), bomb))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("at most 200 times");
    }
  }

  @Test
  void linesThatAreTooLongAreReadPast() throws IOException {
    String longLine = "x".repeat(2_000_000);
    CorpusOptions small = DEFAULT.withLongestDocument(1 << 10);
    Path text = write(folder.resolve("a.txt"), "first\n" + longLine + "\nlast");
    for (TextUnit unit : new TextUnit[] {TextUnit.LINE, TextUnit.PARAGRAPH}) {
      Reading reading = read(small.withUnit(unit), text);
      assertThat(reading.skipped(SkipReason.TOO_LONG)).isEqualTo(1);
    }
    assertThat(read(small.withUnit(TextUnit.LINE), text).documents())
        .containsExactly("1:first", "3:last");
    Path json =
        write(
            folder.resolve("a.jsonl"),
            "{\"text\": \""
                + longLine
                + "\"}\n{\"text\": \""
                + "y".repeat(1_500)
                + "\"}\n{\"text\": \"last\"}\n");
    Reading rows = read(small, json);
    assertThat(rows.documents()).containsExactly("3:last");
    assertThat(rows.skipped(SkipReason.TOO_LONG)).isEqualTo(2);
    Path csv = write(folder.resolve("a.csv"), "text\n\"never closed" + longLine);
    assertThatThrownBy(() -> read(small, csv))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("a quote that is not closed");
  }

  @Test
  void deepJsonIsSkipped() throws IOException {
    Path file =
        write(
            folder.resolve("a.jsonl"),
            "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}\n{\"text\": \"b\"}");
    assertThat(read(file).documents()).containsExactly("2:b");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatAreThere() throws IOException, SQLException {
    Path csv = write(folder.resolve("a.csv"), "id,body\n1,text\n");
    Path parquet = parquet(folder.resolve("a.parquet"), "SELECT 1 AS id, 'x' AS body");
    for (Path file : new Path[] {csv, parquet}) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("column text")
          .hasMessageContaining("the columns id, body");
    }
  }

  @Test
  void namesEveryOptionThatCannotBe() {
    assertThatThrownBy(() -> new CorpusOptions(Optional.empty(), "", TextUnit.FILE, 1, 1))
        .isInstanceOfSatisfying(
            InvalidDataException.class, e -> assertThat(e.problems()).hasSize(3));
  }
}
