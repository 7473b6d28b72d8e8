package dev.mneme.data.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Documents from plain text.
final class PlainText {
  private PlainText() {}

  static void read(InputStream input, TextUnit unit, RowCollector rows) throws IOException {
    int longest = Math.toIntExact(rows.longest());
    switch (unit) {
      case FILE -> wholeFile(input, longest, rows);
      case PARAGRAPH -> paragraphs(new LineReader(input, longest), longest, rows);
      case LINE -> lines(new LineReader(input, longest), rows);
    }
  }

  private static void lines(LineReader lines, RowCollector rows) throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        rows.skip(lines.number(), SkipReason.TOO_LONG);
      } else {
        rows.text(lines.number(), Arrays.copyOf(lines.array(), lines.length()), true);
      }
    }
  }

  /// Lines joined by `\n`; blank lines between paragraphs are not rows and so are not skipped ones.
  private static void paragraphs(LineReader lines, int longest, RowCollector rows)
      throws IOException {
    ByteArrayOutputStream paragraph = new ByteArrayOutputStream();
    long first = 1;
    boolean tooLong = false;
    boolean more = true;
    while (more) {
      more = lines.next();
      boolean blank = !more || (!lines.isTooLong() && isBlank(lines));
      if (!blank) {
        if (paragraph.size() == 0 && !tooLong) {
          first = lines.number();
        }
        tooLong |= lines.isTooLong() || paragraph.size() + lines.length() >= longest;
        if (!tooLong) {
          if (paragraph.size() > 0) {
            paragraph.write('\n');
          }
          paragraph.write(lines.array(), 0, lines.length());
        }
      } else {
        if (tooLong) {
          rows.skip(first, SkipReason.TOO_LONG);
        } else if (paragraph.size() > 0) {
          rows.text(first, paragraph.toByteArray(), true);
        }
        paragraph.reset();
        tooLong = false;
      }
    }
  }

  private static boolean isBlank(LineReader line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.array()[i] != ' ' && line.array()[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /// One document, or several where the file is longer than one may be. Each ends after a line
  /// where its second half has one, otherwise after a character.
  private static void wholeFile(InputStream input, int longest, RowCollector rows)
      throws IOException {
    byte[] rest = withoutByteOrderMark(input.readNBytes(longest));
    long row = 1;
    while (true) {
      byte[] added = input.readNBytes(longest - rest.length);
      byte[] text = Arrays.copyOf(rest, rest.length + added.length);
      System.arraycopy(added, 0, text, rest.length, added.length);
      int next = text.length == longest ? input.read() : -1;
      if (next < 0) {
        if (text.length > 0 || row == 1) {
          rows.text(row, text, true);
        }
        return;
      }
      int end = text.length;
      while (end > longest / 2 && text[end - 1] != '\n') {
        end--;
      }
      if (end == longest / 2) {
        end = Utf8.characterEnd(text, 0, text.length);
      }
      rows.text(row++, Arrays.copyOf(text, end), true);
      rows.piece();
      rest = Arrays.copyOfRange(text, end, text.length + 1);
      rest[rest.length - 1] = (byte) next;
    }
  }

  private static byte[] withoutByteOrderMark(byte[] text) {
    boolean marked =
        text.length >= 3
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
  }
}
