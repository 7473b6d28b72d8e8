package dev.mneme.law;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Membership observations from a file of comma-separated values (RFC 4180, UTF-8). The first line
/// names the columns, in any order, and there are no others:
///
/// | column | meaning |
/// |---|---|
/// | `parameters` | of the attacked model, all trainable ones |
/// | `samples` | N, in its training set, each counted once |
/// | `sequence_length` | S, tokens in a sample |
/// | `vocabulary` | V |
/// | `f1` | balanced F1 of a loss-threshold attack, chance ½ |
///
/// At most 16 MiB and 100,000 observations are read.
public final class ObservationsFile {
  /// The columns.
  public static final List<String> COLUMNS =
      List.of("parameters", "samples", "sequence_length", "vocabulary", "f1");

  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_ROWS = 100_000;
  private static final int LONGEST_RECORD = 4096;
  private static final int MOST_PROBLEMS = 20;
  private static final int LONGEST_QUOTED = 40;

  private final List<Problem> problems = new ArrayList<>();
  private final List<MembershipObservation> observations = new ArrayList<>();

  private ObservationsFile() {}

  /// Reads them in the order of the file.
  ///
  /// @throws InvalidConfigurationException naming every mistake with its line; of many the first 20
  ///   and how many more there are
  /// @throws IOException where the file cannot be read
  public static List<MembershipObservation> read(Path file) throws IOException {
    ObservationsFile reading = new ObservationsFile();
    reading.parse(file);
    if (reading.problems.isEmpty() && reading.observations.isEmpty()) {
      reading.problem("lines", "none below the names of the columns", "one observation a line");
    }
    if (!reading.problems.isEmpty()) {
      throw new InvalidConfigurationException(reading.firstProblems());
    }
    return List.copyOf(reading.observations);
  }

  private List<Problem> firstProblems() {
    if (problems.size() <= MOST_PROBLEMS) {
      return problems;
    }
    List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
    first.add(
        new Problem(
            "lines",
            problems.size() - MOST_PROBLEMS + " more mistakes",
            "none",
            "Mend these first."));
    return first;
  }

  private void problem(String field, String given, String expected) {
    problems.add(
        new Problem(field, given, expected, "The columns are " + String.join(",", COLUMNS) + "."));
  }

  private void parse(Path file) throws IOException {
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      bytes = input.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      problem("size", "more than 16 MiB", "at most 16 MiB");
      return;
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      problem("encoding", "bytes that are no UTF-8", "comma-separated values in UTF-8");
      return;
    }
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .allowExtraFields(true) // reported below, with all other mistakes
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(false)
            .allowUnclosedQuote(false)
            .maxBufferSize(LONGEST_RECORD)
            .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
      Iterator<CsvRecord> rows = records.iterator();
      if (!rows.hasNext()) {
        problem("line 1", "nothing", "the names of the columns");
        return;
      }
      List<String> columns = rows.next().getFields().stream().map(String::strip).toList();
      if (!areTheColumns(columns)) {
        return; // without names, nothing else can be judged
      }
      while (rows.hasNext()) {
        if (observations.size() == MOST_ROWS) {
          problem("lines", "more than 100,000 observations", "at most 100,000");
          return;
        }
        row(columns, rows.next());
      }
    } catch (CsvParseException e) {
      problem("lines", shortened(String.valueOf(e.getMessage())), "closed quotes, short lines");
    }
  }

  private boolean areTheColumns(List<String> given) {
    int before = problems.size();
    for (String name : COLUMNS) {
      long times = given.stream().filter(name::equals).count();
      if (times != 1) {
        problem("line 1", times == 0 ? "no column " + name : name + " more than once", name);
      }
    }
    given.stream()
        .filter(name -> !COLUMNS.contains(name))
        .forEach(name -> problem("line 1", "a column " + shortened(name), "no other columns"));
    return problems.size() == before;
  }

  private void row(List<String> columns, CsvRecord row) {
    String line = "line " + row.getStartingLineNumber();
    if (row.getFieldCount() != columns.size()) {
      problem(line, row.getFieldCount() + " fields", columns.size() + " fields");
      return;
    }
    int before = problems.size();
    long parameters = whole(line, columns, row, "parameters", DataSize.MOST);
    long samples = whole(line, columns, row, "samples", DataSize.MOST);
    int length = (int) whole(line, columns, row, "sequence_length", SampleShape.MOST);
    int vocabulary = (int) whole(line, columns, row, "vocabulary", SampleShape.MOST);
    double f1 = share(line, columns, row);
    if (problems.size() > before) {
      return;
    }
    try {
      observations.add(
          MembershipObservation.of(
              parameters, DataSize.samples(samples), new SampleShape(length, vocabulary), f1));
    } catch (InvalidConfigurationException e) {
      e.problems()
          .forEach(p ->
              problems.add(new Problem(line + " " + p.field(), p.given(), p.expected(), p.hint())));
    }
  }

  private static String field(List<String> columns, CsvRecord row, String column) {
    return row.getField(columns.indexOf(column)).strip();
  }

  private long whole(String line, List<String> columns, CsvRecord row, String column, long most) {
    String text = field(columns, row, column);
    if (text.matches("\\d{1,19}")) {
      try {
        long value = Long.parseLong(text);
        if (value >= 1 && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // beyond the range of long; said below
      }
    }
    problem(
        line + " " + column,
        shortened(text),
        String.format(java.util.Locale.ROOT, "a whole number from 1 to %,d, digits only", most));
    return 1;
  }

  private double share(String line, List<String> columns, CsvRecord row) {
    String text = field(columns, row, "f1");
    if (text.matches("[01](\\.\\d{1,17})?")) {
      double value = Double.parseDouble(text);
      if (value <= 1) {
        return value;
      }
    }
    problem(line + " f1", shortened(text), "a number from 0 to 1, such as 0.731");
    return 0;
  }

  private static String shortened(String text) {
    String shown = text.isEmpty() ? "nothing" : text;
    return shown.length() > LONGEST_QUOTED ? shown.substring(0, LONGEST_QUOTED) + "..." : shown;
  }
}
