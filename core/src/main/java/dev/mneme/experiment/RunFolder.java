package dev.mneme.experiment;

import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.model.checkpoint.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The folder that keeps everything one call found:
///
/// - `config.yaml`: the resolved configuration
/// - `trials.jsonl`: one line per trial as it ends, see [TrialJson]
/// - `curves.csv`: memorized bits along the training of every finished trial
/// - `report.json`: what the trials add up to, see [ResultJson]
/// - `summary.txt`: the same for a reader
/// - `models`: the models at the peaks, where they were asked for, see [PeakModels]
///
/// Nothing that was there before is overwritten. Lines are forced to the disk one by one, so that a
/// killed program leaves at most one torn line, the last; whole files appear whole or not at all.
/// May be used by several threads.
public final class RunFolder implements AutoCloseable {
  public static final String TRIALS = "trials.jsonl";
  public static final String CURVES = "curves.csv";
  public static final String REPORT = "report.json";
  public static final String SUMMARY = "summary.txt";
  public static final String MODELS = "models";

  private final Path path;
  private final FileChannel trials;

  private RunFolder(Path path, FileChannel trials) {
    this.path = path;
    this.trials = trials;
  }

  /// Makes the folder, and those above it where they are missing.
  ///
  /// @throws StorageException where there is a file or a folder with something in it, or where
  ///   nothing can be written
  public static RunFolder create(Path path) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new StorageException(
            problem(
                path + ", which is a file",
                "a new or empty folder",
                "Choose another name with --output."));
      }
      if (Files.isDirectory(path) && !isEmpty(path)) {
        throw new StorageException(
            problem(
                path + ", which has files in it",
                "a new or empty folder",
                "Results are never overwritten: choose another name with --output, or move the old"
                    + " ones away."));
      }
      Files.createDirectories(path);
      FileChannel trials =
          FileChannel.open(
              path.resolve(TRIALS), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new RunFolder(path, trials);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  public Path path() {
    return path;
  }

  /// Appends a trial and forces it to the disk.
  public synchronized void append(TrialResult result) {
    try {
      ByteBuffer line =
          ByteBuffer.wrap((TrialJson.write(result) + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        trials.write(line);
      }
      trials.force(false);
    } catch (IOException e) {
      throw unwritable(path.resolve(TRIALS), e);
    }
  }

  /// Writes a whole text file, such as `config.yaml` or [#SUMMARY].
  ///
  /// @param name of a file directly in this folder; not written before
  public void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes a whole file, such as a picture.
  ///
  /// @param name of a file directly in this folder; not written before
  public void write(String name, byte[] content) {
    Path file = path.resolve(name);
    try {
      AtomicFiles.writeFile(file, AtomicFiles.Existing.REFUSE, output -> output.write(content));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /// Writes [#CURVES]: one row per trial and curve point.
  public void writeCurves(List<TrialResult> results) {
    StringBuilder rows =
        new StringBuilder(
            "trial,layers,width,heads,vocabulary,length,parameters,sequences,seed,learning_rate,steps,step,net_bits,bits_per_parameter\n");
    for (TrialResult result : results) {
      if (result instanceof TrialResult.Finished finished) {
        appendRows(rows, finished);
      }
    }
    write(CURVES, rows.toString());
  }

  private static void appendRows(StringBuilder rows, TrialResult.Finished result) {
    TrialSpecification trial = result.specification();
    long parameters = trial.model().parameterCount().total();
    for (CurvePoint point : result.curve()) {
      rows.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%d,%d,%d,%d,%d,%d,%s,%d,%d,%s,%s\n",
              result.id(),
              trial.model().layers(),
              trial.model().width(),
              trial.model().heads(),
              trial.model().vocabularySize(),
              trial.model().contextLength(),
              parameters,
              trial.sequences(),
              trial.seed(),
              trial.plan().schedule().peak(),
              trial.plan().steps(),
              point.step(),
              point.net().value(),
              point.net().per(parameters).value()));
    }
  }

  /// Trials read back.
  ///
  /// @param results in the order in which they ended
  /// @param notes what a reader should know, such as a torn line left out
  public record StoredTrials(List<TrialResult> results, List<String> notes) {
    public StoredTrials {
      results = List.copyOf(results);
      notes = List.copyOf(notes);
    }
  }

  /// Reads the trials of a run folder. A last line that was torn by a kill is left out and noted.
  ///
  /// @throws MalformedTrialException where another line is not a trial
  /// @throws StorageException where there is nothing to read
  public static StoredTrials readTrials(Path folder) {
    Path file = folder.resolve(TRIALS);
    String text;
    try {
      text =
          new String(
              Files.readAllBytes(file),
              StandardCharsets.UTF_8); // a torn line may end within a character
    } catch (IOException e) {
      throw new StorageException(
          problem(
              file + " (" + FileTrouble.phrase(e) + ")",
              "a readable file of trials",
              "Name the folder of an earlier run."),
          e);
    }
    List<TrialResult> results = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int start = 0;
    for (int number = 1; start < text.length(); number++) {
      int end = text.indexOf('\n', start);
      boolean whole = end >= 0;
      String line = text.substring(start, whole ? end : text.length());
      start = whole ? end + 1 : text.length();
      try {
        results.add(TrialJson.read(line));
      } catch (MalformedTrialException e) {
        if (whole) {
          throw new MalformedTrialException(
              "line " + number + " of " + file + " is " + e.getMessage(), e);
        }
        notes.add(
            "line "
                + number
                + " of "
                + file
                + " was torn when the program was stopped, and is left out");
      }
    }
    return new StoredTrials(results, notes);
  }

  /// Releases the file of trials.
  @Override
  public synchronized void close() {
    try {
      trials.close();
    } catch (IOException e) {
      throw unwritable(path.resolve(TRIALS), e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }

  static StorageException unwritable(Path path, IOException e) {
    return new StorageException(
        problem(
            path + " (" + reason(path, e) + ")",
            "a place that can be written to",
            "Check permissions and free space, or choose another folder with --output."),
        e);
  }

  /// A plain phrase. Systems disagree on what is wrong with a path below a file, so look.
  private static String reason(Path path, IOException e) {
    for (Path above = path.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
      if (Files.exists(above)) {
        return Files.isDirectory(above) ? FileTrouble.phrase(e) : above + " is not a folder";
      }
    }
    return FileTrouble.phrase(e);
  }

  private static Problem problem(String given, String expected, String hint) {
    return new Problem("output folder", given, expected, hint);
  }
}
