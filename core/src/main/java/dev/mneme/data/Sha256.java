package dev.mneme.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over a sequence of values. Each is taken with its length, so that two sequences never
/// run together into the same bytes.
public final class Sha256 {
  private final MessageDigest digest;

  private Sha256(MessageDigest digest) {
    this.digest = digest;
  }

  public static Sha256 start() {
    try {
      return new Sha256(MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }

  public Sha256 number(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  public Sha256 number(double value) {
    return number(Double.doubleToLongBits(value));
  }

  public Sha256 string(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return bytes(bytes, 0, bytes.length);
  }

  /// Takes `length` bytes from `offset` on.
  public Sha256 bytes(byte[] value, int offset, int length) {
    number(length);
    digest.update(value, offset, length);
    return this;
  }

  /// The hash in hexadecimal; no more can be taken afterwards.
  public String finish() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
