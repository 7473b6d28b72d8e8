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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCorpusTest {
  private static final CorpusOptions DEFAULT = CorpusOptions.DEFAULT;

  @TempDir private Path folder;

  @Test
  void readsPlainTextByFileParagraphAndLine() throws IOException {
    Path file = write(folder.resolve("a.txt"), "\uFEFFone\r\ntwo\n\n \t\nthree\n\n\nfour");
    assertThat(read(file).documents()).containsExactly("1:one\r\ntwo\n\n \t\nthree\n\n\nfour");
    assertThat(read(DEFAULT.withUnit(TextUnit.PARAGRAPH), file).documents())
        .containsExactly("1:one\ntwo", "5:three", "8:four");
    Reading lines = read(DEFAULT.withUnit(TextUnit.LINE), file);
    assertThat(lines.documents()).containsExactly("1:one", "2:two", "5:three", "8:four");
    assertThat(lines.skipped(SkipReason.EMPTY)).isEqualTo(4);
  }

  @Test
  void cutsLongTextFilesAfterLinesAndElseAfterCharacters() throws IOException {
    CorpusOptions kilobyte = DEFAULT.withLongestDocument(1 << 10);
    Path lines = write(folder.resolve("lines.txt"), "a line of 20 bytes.\n".repeat(200));
    Reading reading = read(kilobyte, lines);
    assertThat(reading.documents()).hasSize(4).allMatch(text -> text.endsWith("bytes.\n"));
    assertThat(reading.report().bytes()).isEqualTo(4_000);
    assertThat(reading.report().pieces()).isEqualTo(3);
    Path unbroken = write(folder.resolve("unbroken.txt"), "語".repeat(1_000));
    Reading characters = read(kilobyte, unbroken);
    assertThat(characters.report().bytes()).isEqualTo(3_000);
    assertThat(characters.documents()).hasSize(3).noneMatch(text -> text.contains("\uFFFD"));
    Path exact = write(folder.resolve("exact.txt"), "x".repeat(1 << 10));
    assertThat(read(kilobyte, exact).report().pieces()).isZero();
  }

  @Test
  void readsJsonLinesAndCountsWhatItSkips() throws IOException {
    Path file =
        write(
            folder.resolve("a.jsonl"),
            """
            {"id": 1, "text": "first \\u00e9 \\"quoted\\"", "more": {"text": "inner"}}

            {"id": 2}
            {"text": null}
            {"text": 5}
            {"text": ["a"]}
            not json
            ["text"]
            {"text": "half
            {"text": ""} trailing
            {"text": "  "}
            {"text": ""}
            {"text": "last"}\
            """);
    Reading reading = read(file);
    assertThat(reading.documents()).containsExactly("1:first é \"quoted\"", "13:last");
    assertThat(reading.skipped(SkipReason.NO_COLUMN)).isEqualTo(1);
    assertThat(reading.skipped(SkipReason.NULL)).isEqualTo(1);
    assertThat(reading.skipped(SkipReason.NOT_TEXT)).isEqualTo(2);
    assertThat(reading.skipped(SkipReason.NOT_JSON)).isEqualTo(4);
    assertThat(reading.skipped(SkipReason.EMPTY)).isEqualTo(2);
    assertThat(reading.report().columns()).containsExactly("id", "more");
    assertThat(reading.report().describeSkipped())
        .startsWith("10 rows skipped: 2 empty or white space only (" + file + ":11, ")
        .contains("4 not a JSON object (" + file + ":7, " + file + ":8, " + file + ":9, …)");
    assertThat(read(DEFAULT.withColumn("body"), file).skipped(SkipReason.NO_COLUMN)).isEqualTo(8);
  }

  @Test
  void readsCsvAndTsv() throws IOException {
    Path csv =
        write(
            folder.resolve("a.csv"),
            "id,text,year\r\n"
                + "1,\"two\n"
                + "lines, and a \"\"quote\"\"\",1790\r\n"
                + "2\r\n"
                + "3,,1\r\n"
                + "4,last,2,9\r\n");
    Reading reading = read(csv);
    assertThat(reading.documents()).containsExactly("2:two\nlines, and a \"quote\"", "6:last");
    assertThat(reading.skipped(SkipReason.NO_COLUMN)).isEqualTo(1);
    assertThat(reading.skipped(SkipReason.EMPTY)).isEqualTo(1);
    Path tsv = write(folder.resolve("a.tsv"), "\uFEFFbody\tn\na, b\t1\n");
    assertThat(read(DEFAULT.withColumn("body"), tsv).documents()).containsExactly("2:a, b");
  }

  @Test
  void readsParquet() throws IOException, SQLException {
    Path file =
        parquet(
            folder.resolve("it's [1].parquet"),
            "SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 'naïve ' || i"
                + " ELSE repeat('x', 2000) END AS \"the \"\"text\"\"\" FROM range(9000) t(i)");
    CorpusOptions options = DEFAULT.withColumn("the \"text\"").withLongestDocument(1 << 10);
    Reading reading = read(options, file);
    assertThat(reading.documents())
        .hasSize(3_000)
        .startsWith("2:naïve 1", "5:naïve 4")
        .endsWith("8999:naïve 8998");
    assertThat(reading.skipped(SkipReason.NULL)).isEqualTo(3_000);
    assertThat(reading.skipped(SkipReason.TOO_LONG)).isEqualTo(3_000);
    assertThatThrownBy(() -> read(DEFAULT, file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("id, the \"text\"");
    assertThatThrownBy(() -> read(DEFAULT.withColumn("id"), file))
        .hasMessageContaining("BIGINT")
        .hasMessageContaining("a column of strings");
  }

  @Test
  void unpacksByContentWhateverTheName() throws IOException {
    byte[] row = "{\"text\": \"packed\"}\n".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.writeBytes(gzip(row)); // as tools that pack in parallel write it
    twice.writeBytes(gzip(row));
    Path gzipped = Files.write(folder.resolve("a.jsonl.gz"), twice.toByteArray());
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(zstd(row));
    frames.writeBytes(zstd(row));
    Path zstandard = Files.write(folder.resolve("b.jsonl.zst"), frames.toByteArray());
    Path unnamed = Files.write(folder.resolve("c.jsonl"), gzip(row));
    Path plain = Files.write(folder.resolve("d.jsonl.gz"), row);
    assertThat(read(DEFAULT, gzipped, zstandard, unnamed, plain).documents())
        .containsExactly("1:packed", "2:packed", "1:packed", "2:packed", "1:packed", "1:packed");
  }

  @Test
  void findsFilesByPattern() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("x/y"));
    write(deep.resolve("b.jsonl"), "{\"text\": \"b\"}");
    write(folder.resolve("x/a.jsonl"), "{\"text\": \"a\"}");
    write(folder.resolve("x/[c].jsonl"), "{\"text\": \"c\"}");
    write(folder.resolve("x/other.txt"), "no");
    assertThat(read(DEFAULT, folder + "/**/*.jsonl").documents())
        .containsExactly("1:c", "1:a", "1:b");
    assertThat(read(DEFAULT, folder + "/x/*.jsonl").documents()).containsExactly("1:c", "1:a");
    assertThat(read(DEFAULT, folder + "/x/[c].jsonl").documents()).containsExactly("1:c");
    assertThat(read(DEFAULT, folder + "/*/{a,b}.jsonl", folder + "/x/a.jsonl").documents())
        .containsExactly("1:a");
  }

  @Test
  void namesEveryPatternAndFileThatCannotBeRead() throws IOException {
    Path odd = write(folder.resolve("a.docx"), "x");
    List<String> patterns =
        List.of(folder.toString(), folder + "/no.txt", folder + "/*.csv", "a[", odd.toString());
    assertThatThrownBy(() -> FileCorpus.of(patterns, DEFAULT))
        .isInstanceOfSatisfying(
            InvalidDataException.class,
            e ->
                assertThat(e.problems())
                    .extracting(InvalidDataException.Problem::given)
                    .satisfiesExactly(
                        given -> assertThat(given).isEqualTo("a folder"),
                        given -> assertThat(given).isEqualTo("no such file"),
                        given -> assertThat(given).isEqualTo("no file that matches"),
                        given -> assertThat(given).startsWith("no path"),
                        given -> assertThat(given).startsWith("a name that tells no format")));
    assertThatThrownBy(() -> FileCorpus.of(List.of(), DEFAULT))
        .isInstanceOf(InvalidDataException.class);
    assertThat(read(DEFAULT.withFormat(FileFormat.TEXT), odd).documents()).hasSize(1);
  }

  @Test
  void readsTheSameTwiceAndNamesItsSources() throws IOException {
    Path file = write(folder.resolve("a.txt"), "text");
    FileCorpus corpus = FileCorpus.of(List.of(file.toString()), DEFAULT);
    assertThat(corpus.read(document -> {})).isEqualTo(corpus.read(document -> {}));
    assertThat(corpus.sources()).containsExactly(file.toString());
  }
}
