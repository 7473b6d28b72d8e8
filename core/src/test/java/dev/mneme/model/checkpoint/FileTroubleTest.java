package dev.mneme.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
  @TempDir Path folder;

  @Test
  void whatTheSystemSaysBecomesPlain() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertThat(phrase(() -> Files.writeString(file.resolve("below"), "")))
        .isEqualTo("not a folder");
    assertThat(phrase(() -> Files.newDirectoryStream(file))).isEqualTo("not a folder");
    assertThat(phrase(() -> Files.readString(folder.resolve("none"))))
        .isEqualTo("no such file or folder");
    assertThat(phrase(() -> Files.delete(folder))).isEqualTo("has files in it");
    assertThat(phrase(() -> Files.createDirectory(file))).isEqualTo("is there already");
    assertThat(phrase(() -> Files.readString(folder))).isEqualTo("a folder, not a file");
  }

  @Test
  void whatATestCannotProvokeEverywhereIsPlainToo() {
    assertThat(FileTrouble.phrase(new AccessDeniedException("/root/x")))
        .isEqualTo("permission denied");
    assertThat(FileTrouble.phrase(new IOException("No space left on device")))
        .isEqualTo("no space left");
    assertThat(FileTrouble.phrase(new FileSystemException("/x", null, "Read-only file system")))
        .isEqualTo("the disk can only be read");
    assertThat(FileTrouble.phrase(new FileSystemException("/x", null, "File name too long")))
        .isEqualTo("file name too long");
    assertThat(FileTrouble.phrase(new IOException())).isEqualTo("reading or writing failed");
    assertThat(FileTrouble.phrase(new FileSystemException("/x")))
        .isEqualTo("reading or writing failed");
  }

  private static String phrase(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    return FileTrouble.phrase(catchThrowableOfType(IOException.class, action));
  }
}
