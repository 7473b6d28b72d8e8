package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.measure.RunLengths.Run;
import dev.mneme.unit.Bits;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunLengthsTest {
  private static Run run(long steps, long seed) {
    return new Run(steps, seed, new Bits(100 * steps + seed));
  }

  @Test
  void comparesTheSeedsThatHaveEveryLength() {
    List<Run> runs =
        List.of(
            run(8, 1), run(8, 2), run(8, 3), run(4, 2), run(4, 1), run(2, 2), run(3, 3), run(1, 9));

    assertThat(RunLengths.compared(runs, 8))
        .containsExactly(
            new Runs(2, List.of(202.0)), new Runs(4, List.of(402.0)), new Runs(8, List.of(802.0)));
  }

  @Test
  void aMissingLengthEndsTheList() {
    assertThat(RunLengths.compared(List.of(run(8, 1), run(2, 1)), 8))
        .containsExactly(new Runs(8, List.of(801.0)));
    assertThat(RunLengths.compared(List.of(run(4, 1)), 8)).isEmpty();
  }
}
