package dev.mneme.store;

import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The right to use a store, which one process has at a time: a lock of the operating system on the
/// file `<store>.lock`, whose text names the holder. The system frees it when the holder dies, in
/// whatever way, so nothing is ever left to clean up. The file itself stays.
///
/// The locked byte lies far behind the text, since on some systems nobody else can read what is
/// locked.
final class StoreLock implements AutoCloseable {
  static final String SUFFIX = ".lock";
  private static final long LOCKED_BYTE = 1L << 62;

  /// More than any holder writes.
  private static final int LONGEST_TEXT = 4096;

  /// What this process holds, with the purpose. A lock of the operating system belongs to the whole
  /// process and ends as soon as the process closes the file, through whichever channel; so within
  /// a process the file must not even be opened to find out.
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final Path path;
  private final FileChannel channel;

  private StoreLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Takes the lock of a store.
  ///
  /// @param store without symbolic links
  /// @param purpose what the store is wanted for, such as the command; a line
  /// @throws StorageException naming the holder where there is one
  /// @throws IOException where the lock's file cannot be used
  static StoreLock acquire(Path store, String purpose) throws IOException {
    Path path = store.resolveSibling(store.getFileName() + SUFFIX);
    String other = HELD_HERE.putIfAbsent(path, purpose);
    if (other != null) {
      throw new StorageException(
          new Problem(
              "store",
              store + ", which this process has open already (" + other + ")",
              "a store that is open once",
              "Close it first, or use another file."));
    }
    boolean held = false;
    try {
      StoreLock lock = lock(store, path, purpose);
      held = true;
      return lock;
    } finally {
      if (!held) {
        HELD_HERE.remove(path);
      }
    }
  }

  private static StoreLock lock(Path store, Path path, String purpose) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw inUse(store, path);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(StoreHolder.current(purpose).text().getBytes(StandardCharsets.UTF_8)), 0);
      held = true;
      return new StoreLock(path, channel);
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static StorageException inUse(Path store, Path path) throws IOException {
    String text;
    try (InputStream input = Files.newInputStream(path)) {
      text = new String(input.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
    }
    return new StorageException(
        new Problem(
            "store",
            store + ", which is in use: " + StoreHolder.describe(text),
            "a store that no other process has open",
            "Wait until that process ends, or use another file. If it is not wanted any more, stop"
                + " it: everything it kept is safe."));
  }

  /// Gives the store free. Does nothing the second time.
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      channel.truncate(0); // before others can take it
    } catch (ClosedByInterruptException e) {
      // closed all the same; the text is for nobody, since the next holder writes its own
    } finally {
      HELD_HERE.remove(path);
    }
  }
}
