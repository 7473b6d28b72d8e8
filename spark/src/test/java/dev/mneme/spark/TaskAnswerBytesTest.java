package dev.mneme.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.experiment.MalformedTrialException;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.unit.CodeLengths;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TaskAnswerBytesTest {
  private static final TrialOutcome FINISHED =
      TrialRunner.on(new ReferenceEngine())
          .run(SparkTrials.trial(8, 5, 10, 0.02, 1), TrialListener.NONE, SparkTrials.NEVER)
          .orElseThrow();

  private static final Problem PROBLEM = new Problem("Feld", "„ä“", "", "\u0000\n");

  @Test
  void everyKindComesBackAsItWas() {
    for (TaskAnswer answer :
        List.of(
            new TaskAnswer.Ended(FINISHED),
            new TaskAnswer.Ended(TrialOutcome.of(FINISHED.result())),
            new TaskAnswer.GivenUp(),
            new TaskAnswer.NoStorage(PROBLEM),
            new TaskAnswer.Unfit(PROBLEM),
            new TaskAnswer.Mistake("at line 7"))) {
      assertThat(TaskAnswerBytes.read(TaskAnswerBytes.write(answer))).isEqualTo(answer);
    }
  }

  @Property(tries = 100)
  void scoresComeBackBitForBit(
      @ForAll @DoubleRange(min = -1e300, max = 1e300) double[] training,
      @ForAll @DoubleRange(min = -1e300, max = 1e300) double[] fresh) {
    TaskAnswer answer =
        new TaskAnswer.Ended(
            new TrialOutcome(
                FINISHED.result(),
                Optional.of(
                    new SampleScores(CodeLengths.ofBits(training), CodeLengths.ofBits(fresh)))));
    assertThat(TaskAnswerBytes.read(TaskAnswerBytes.write(answer))).isEqualTo(answer);
  }

  @Test
  void whatIsCutOffOrTooLongIsRefused() {
    for (TaskAnswer answer :
        List.of(new TaskAnswer.Ended(FINISHED), new TaskAnswer.NoStorage(PROBLEM))) {
      byte[] whole = TaskAnswerBytes.write(answer);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> TaskAnswerBytes.read(cut))
            .as("%s bytes of %s", length, whole.length)
            .isInstanceOf(MalformedTrialException.class);
      }
      byte[] longer = Arrays.copyOf(whole, whole.length + 1);
      assertThatThrownBy(() -> TaskAnswerBytes.read(longer))
          .isInstanceOf(MalformedTrialException.class);
    }
  }

  @Test
  void countsAreNotBelieved() {
    byte[] bytes = TaskAnswerBytes.write(new TaskAnswer.Mistake("text"));
    bytes[5] = 0x7f; // some two thousand million bytes of text
    assertThatThrownBy(() -> TaskAnswerBytes.read(bytes))
        .isInstanceOf(MalformedTrialException.class)
        .hasMessageContaining("promises");
    bytes[4] = 99;
    assertThatThrownBy(() -> TaskAnswerBytes.read(bytes)).hasMessageContaining("kind 99");
    bytes[0] = 0;
    assertThatThrownBy(() -> TaskAnswerBytes.read(bytes)).hasMessageContaining("MNT1");
  }
}
