package dev.mneme.spark;

import dev.mneme.experiment.MalformedTrialException;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialOutcomeBytes;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A [TaskAnswer] as bytes and back again exactly, numbers big-endian:
///
/// - 4 bytes `MNT1`, 1 byte for the kind
/// - ended: the outcome, see [TrialOutcomeBytes]
/// - no storage, unfit: the four texts of the problem
/// - mistake: a text
///
/// A text is a 4-byte number of bytes and as many bytes of UTF-8. What is read back is never
/// trusted: no count is believed beyond the bytes that are there.
final class TaskAnswerBytes {
  private static final int MAGIC = 0x4d4e5431; // MNT1
  private static final byte ENDED = 1;
  private static final byte GIVEN_UP = 2;
  private static final byte NO_STORAGE = 3;
  private static final byte UNFIT = 4;
  private static final byte MISTAKE = 5;

  private TaskAnswerBytes() {}

  static byte[] write(TaskAnswer answer) {
    return switch (answer) {
      case TaskAnswer.Ended(TrialOutcome outcome) -> write(outcome);
      case TaskAnswer.GivenUp() -> write(GIVEN_UP, List.of());
      case TaskAnswer.NoStorage(Problem problem) -> write(NO_STORAGE, texts(problem));
      case TaskAnswer.Unfit(Problem problem) -> write(UNFIT, texts(problem));
      case TaskAnswer.Mistake(String trace) -> write(MISTAKE, List.of(trace));
    };
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws MalformedTrialException where it is anything else
  static TaskAnswer read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.getInt() != MAGIC) {
        throw new MalformedTrialException("a task's answer that does not begin with MNT1");
      }
      byte kind = in.get();
      TaskAnswer answer =
          switch (kind) {
            case ENDED -> new TaskAnswer.Ended(outcome(in));
            case GIVEN_UP -> new TaskAnswer.GivenUp();
            case NO_STORAGE -> new TaskAnswer.NoStorage(problem(in));
            case UNFIT -> new TaskAnswer.Unfit(problem(in));
            case MISTAKE -> new TaskAnswer.Mistake(text(in));
            default -> throw new MalformedTrialException("a task's answer of kind " + kind);
          };
      if (in.hasRemaining()) {
        throw new MalformedTrialException(
            "a task's answer with " + in.remaining() + " bytes too many");
      }
      return answer;
    } catch (BufferUnderflowException e) {
      throw new MalformedTrialException(
          "a task's answer cut off after " + bytes.length + " bytes", e);
    }
  }

  private static byte[] write(TrialOutcome outcome) {
    byte[] bytes = TrialOutcomeBytes.write(outcome);
    return header(ENDED, bytes.length).put(bytes).array();
  }

  private static TrialOutcome outcome(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return TrialOutcomeBytes.read(bytes);
  }

  private static byte[] write(byte kind, List<String> texts) {
    List<byte[]> all = texts.stream().map(TaskAnswerBytes::utf8).toList();
    ByteBuffer out = header(kind, all.stream().mapToInt(one -> Integer.BYTES + one.length).sum());
    all.forEach(one -> out.putInt(one.length).put(one));
    return out.array();
  }

  private static ByteBuffer header(byte kind, int more) {
    return ByteBuffer.allocate(Integer.BYTES + 1 + more).putInt(MAGIC).put(kind);
  }

  private static List<String> texts(Problem problem) {
    return List.of(problem.field(), problem.given(), problem.expected(), problem.hint());
  }

  private static Problem problem(ByteBuffer in) {
    return new Problem(text(in), text(in), text(in), text(in));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[count(in)];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// A count of bytes that are there.
  private static int count(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new MalformedTrialException(
          "a task's answer that promises " + count + " where " + in.remaining() + " bytes follow");
    }
    return count;
  }
}
