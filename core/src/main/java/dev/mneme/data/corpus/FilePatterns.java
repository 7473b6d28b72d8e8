package dev.mneme.data.corpus;

import dev.mneme.data.InvalidDataException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Files named by paths and glob patterns such as `data/**/*.jsonl.gz`.
final class FilePatterns {
  private static final String GLOB_CHARACTERS = "*?[{";

  private FilePatterns() {}

  /// The regular files that a pattern names, sorted; a problem is added where there is none.
  static List<Path> files(String pattern, List<Problem> problems) {
    try {
      Path path = Path.of(pattern);
      if (Files.isDirectory(path)) {
        problems.add(
            problem(
                pattern,
                "a folder",
                "Name the files in it, such as " + path.resolve("*.jsonl") + "."));
        return List.of();
      }
      if (Files.exists(path) || !isGlob(pattern)) { // a file may be called so
        if (!Files.isReadable(path)) {
          problems.add(
              problem(
                  pattern,
                  Files.exists(path) ? "a file that may not be read" : "no such file",
                  "Look at the spelling and at the folder it is relative to."));
          return List.of();
        }
        return List.of(path);
      }
      List<Path> files = matching(path, pattern);
      if (files.isEmpty()) {
        problems.add(
            problem(pattern, "no file that matches", "Patterns: * in a name, ** across folders."));
      }
      return files;
    } catch (InvalidPathException | PatternSyntaxException e) {
      problems.add(problem(pattern, "no path (" + e.getMessage() + ")", "Look at the spelling."));
    } catch (IOException | UncheckedIOException e) {
      problems.add(
          problem(pattern, "folders that cannot be read (" + e.getMessage() + ")", "Look there."));
    }
    return List.of();
  }

  private static List<Path> matching(Path path, String pattern) throws IOException {
    Path folder = path.isAbsolute() ? path.getRoot() : Path.of("");
    for (Path name : path) {
      if (isGlob(name.toString())) {
        break;
      }
      folder = folder.resolve(name);
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    // as deep as the pattern goes, or everywhere below
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : path.getNameCount() - names(folder);
    try (Stream<Path> found = Files.walk(folder, depth)) {
      return found.filter(Files::isRegularFile).filter(matcher::matches).sorted().toList();
    }
  }

  private static int names(Path folder) {
    return folder.toString().isEmpty() ? 0 : folder.getNameCount();
  }

  private static boolean isGlob(String text) {
    return text.chars().anyMatch(character -> GLOB_CHARACTERS.indexOf(character) >= 0);
  }

  private static Problem problem(String pattern, String given, String hint) {
    return new Problem(
        "corpus " + pattern, given, "a readable file, or a pattern that files match", hint);
  }
}
