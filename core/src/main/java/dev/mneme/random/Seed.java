package dev.mneme.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The root of every random choice. A stream is named by (seed, purpose, index): it depends on
/// nothing else, not on the clock, the thread or what was drawn before.
///
/// @param value any 64-bit number
public record Seed(long value) {
  /// Derives an independent seed: the first 8 bytes of SHA-256 over (value, index, purpose).
  ///
  /// @param purpose what the stream is for, such as `data` or `order`
  /// @param index which of the streams of that purpose
  public Seed derive(String purpose, long index) {
    byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
    byte[] message =
        ByteBuffer.allocate(2 * Long.BYTES + name.length)
            .putLong(value)
            .putLong(index)
            .put(name)
            .array();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(message);
      return new Seed(ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }

  /// A generator that starts from this seed.
  public RandomStream stream() {
    return new RandomStream(value);
  }
}
