package dev.mneme.experiment;

import dev.mneme.unit.CodeLengths;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An outcome as bytes, to cross from one process to another, and back exactly: the line of
/// [TrialJson] with its length in front, then the numbers of training and fresh scores (−1 for
/// none) and the scores in bits as IEEE doubles. Everything is big-endian.
public final class TrialOutcomeBytes {
  private TrialOutcomeBytes() {}

  /// The bytes of an outcome.
  ///
  /// @throws IllegalArgumentException for an outcome on text, which no other process runs
  public static byte[] write(TrialOutcome outcome) {
    if (outcome.scores().flatMap(SampleScores::text).isPresent()) {
      throw new IllegalArgumentException("outcomes on text do not cross between processes");
    }
    byte[] line = TrialJson.write(outcome.result()).getBytes(StandardCharsets.UTF_8);
    long scores =
        outcome
            .scores()
            .map(both -> (long) both.training().count() + both.fresh().count())
            .orElse(0L);
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.toIntExact(3L * Integer.BYTES + line.length + Double.BYTES * scores));
    bytes.putInt(line.length).put(line);
    bytes.putInt(outcome.scores().map(both -> both.training().count()).orElse(-1));
    bytes.putInt(outcome.scores().map(both -> both.fresh().count()).orElse(-1));
    outcome
        .scores()
        .ifPresent(both -> {
          put(bytes, both.training());
          put(bytes, both.fresh());
        });
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, CodeLengths lengths) {
    for (int i = 0; i < lengths.count(); i++) {
      bytes.putDouble(lengths.bits(i));
    }
  }

  /// Reads what [#write] wrote; allocates no more than the bytes themselves account for.
  ///
  /// @throws MalformedTrialException where the bytes are something else
  public static TrialOutcome read(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      byte[] line = new byte[bounded(bytes, bytes.getInt(), 1)];
      bytes.get(line);
      TrialResult result = TrialJson.read(new String(line, StandardCharsets.UTF_8));
      int training = bytes.getInt();
      int fresh = bytes.getInt();
      Optional<SampleScores> scores =
          training < 0
              ? Optional.empty()
              : Optional.of(new SampleScores(lengths(bytes, training), lengths(bytes, fresh)));
      if (bytes.hasRemaining()) {
        throw new MalformedTrialException(bytes.remaining() + " bytes behind an outcome");
      }
      return new TrialOutcome(result, scores);
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
      throw new MalformedTrialException("not the outcome of a trial", e);
    }
  }

  private static CodeLengths lengths(ByteBuffer bytes, int count) {
    double[] bits = new double[bounded(bytes, count, Double.BYTES)];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = bytes.getDouble();
    }
    return CodeLengths.ofBits(bits);
  }

  private static int bounded(ByteBuffer bytes, int count, int size) {
    if (count < 0 || count > bytes.remaining() / size) {
      throw new MalformedTrialException("an outcome cut short");
    }
    return count;
  }
}
