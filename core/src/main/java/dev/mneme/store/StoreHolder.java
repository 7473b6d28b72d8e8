package dev.mneme.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The process that has a store open, in words for the next one that wants it.
///
/// @param process its number
/// @param purpose what for, such as its command
/// @param user its user and, where known, host
/// @param since when the process started; empty where the system does not say
record StoreHolder(long process, String purpose, String user, Optional<String> since) {
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname"); // Linux

  /// This process.
  static StoreHolder current(String purpose) {
    ProcessHandle process = ProcessHandle.current();
    return new StoreHolder(
        process.pid(),
        purpose,
        System.getProperty("user.name") + host().map(name -> " on " + name).orElse(""),
        process.info().startInstant().map(Object::toString));
  }

  private static Optional<String> host() {
    try {
      if (Files.isReadable(HOST)) {
        return Optional.of(Files.readString(HOST).strip());
      }
    } catch (IOException e) {
      // a missing name is no reason to refuse a store
    }
    return Optional.ofNullable(System.getenv("COMPUTERNAME")); // Windows
  }

  /// One line for people, which [#describe] reads back.
  String text() {
    return "process "
        + process
        + " ("
        + purpose
        + ") of "
        + user
        + since.map(start -> ", started " + start).orElse("")
        + "\n";
  }

  /// What the lock's file says of the holder, fit to be shown.
  static String describe(String text) {
    String line =
        text.lines()
            .findFirst()
            .orElse("")
            .codePoints()
            .filter(c -> !Character.isISOControl(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    // a holder writes its line just after it got the lock
    return line.isBlank() ? "a process that has just begun" : line;
  }
}
