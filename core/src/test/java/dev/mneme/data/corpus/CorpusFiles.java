package dev.mneme.data.corpus;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Files for tests, and what is read from them.
final class CorpusFiles {
  private CorpusFiles() {}

  static Path write(Path file, String content) throws IOException {
    return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
      output.write(content);
    }
    return packed.toByteArray();
  }

  static byte[] zstd(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer output = new ZstdOutputStreamNoFinalizer(packed)) {
      output.write(content);
    }
    return packed.toByteArray();
  }

  /// Writes what a query gives to a Parquet file.
  static Path parquet(Path file, String query) throws SQLException {
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "COPY (" + query + ") TO '" + file.toString().replace("'", "''") + "' (FORMAT parquet)");
    }
    return file;
  }

  /// A report with the documents as they came, each as `row:text`.
  record Reading(List<String> documents, CorpusReport report) {
    long skipped(SkipReason reason) {
      CorpusReport.Skipped rows = report.skipped().get(reason);
      return rows == null ? 0 : rows.count();
    }
  }

  static Reading read(CorpusOptions options, Object... patterns) throws IOException {
    FileCorpus corpus =
        FileCorpus.of(List.of(patterns).stream().map(Object::toString).toList(), options);
    List<String> documents = new ArrayList<>();
    CorpusReport report =
        corpus.read(document ->
            documents.add(
                document.row() + ":" + new String(document.text(), StandardCharsets.UTF_8)));
    return new Reading(documents, report);
  }

  static Reading read(Path file) throws IOException {
    return read(CorpusOptions.DEFAULT, file);
  }
}
