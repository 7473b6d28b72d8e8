package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.measure.RemainingGain.Runs;
import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConvergenceTestTest {
  private static final Bits CEILING = new Bits(1e6);

  private static Convergence judge(double half, double full) {
    return judge(half, full, 0.02);
  }

  private static Convergence judge(double half, double full, double tolerance) {
    List<Runs> lengths = List.of(new Runs(50, List.of(half)), new Runs(100, List.of(full)));
    return ConvergenceTest.judge(lengths, CEILING, tolerance);
  }

  @Test
  void growthWithinTheToleranceConverges() {
    Convergence convergence = judge(1000, 1019);

    assertThat(convergence.converged()).isTrue();
    assertThat(convergence.growth()).isCloseTo(0.019, within(1e-15));
    assertThat(convergence.explanation()).contains("+1.90%").contains("within the tolerance of 2%");
  }

  @Test
  void theToleranceItselfStillConverges() {
    assertThat(judge(1024, 1056, 0.03125).converged()).isTrue();
    assertThat(judge(1024, 1057, 0.03125).converged()).isFalse();
    assertThat(judge(1024, 992, 0.03125).converged()).isTrue();
    assertThat(judge(1024, 991, 0.03125).converged()).isFalse();
  }

  @Test
  void growthBeyondTheToleranceDoesNot() {
    Convergence convergence = judge(1000, 1034);

    assertThat(convergence.converged()).isFalse();
    assertThat(convergence.explanation()).contains("+3.40%").contains("would raise the figure");
  }

  @Test
  void aLossBeyondTheToleranceIsTroubleAndNotConvergence() {
    Convergence convergence = judge(1000, 900);

    assertThat(convergence.converged()).isFalse();
    assertThat(convergence.growth()).isCloseTo(-0.1, within(1e-15));
    assertThat(convergence.explanation()).contains("-10.00%").contains("sign of trouble");
    assertThat(judge(1000, -50).converged()).isFalse();
  }

  @Test
  void nothingMemorizedByHalfTheStepsHasNoGrowth() {
    for (double half : new double[] {0, -10}) {
      Convergence convergence = judge(half, 5);

      assertThat(convergence.converged()).isFalse();
      assertThat(convergence.measured()).isFalse();
      assertThat(convergence.explanation()).contains("not defined");
    }
    assertThat(judge(0, 0).converged()).isFalse();
  }

  @Test
  void aThirdLengthShowsWhatIsLeft() {
    List<Runs> lengths =
        List.of(
            new Runs(25, List.of(700.0)),
            new Runs(50, List.of(900.0)),
            new Runs(100, List.of(1000.0)));

    Convergence convergence = ConvergenceTest.judge(lengths, CEILING, 0.02);

    assertThat(convergence.remaining())
        .hasValueSatisfying(gain -> {
          assertThat(gain.steps()).isEqualTo(10);
          // gains halve: 50 + 25 + 12.5 and a part of the next
          assertThat(gain.share()).isBetween(0.05, 0.15);
        });
    assertThat(convergence.explanation()).contains("10 times as long would add");
    assertThat(judge(900, 1000).remaining()).isEmpty();
  }

  @Test
  void refusesBadTolerancesAndContradictions() {
    for (double bad : new double[] {Double.NaN, -0.01, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> judge(1, 1, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(bad));
    }
    assertThatThrownBy(() -> new Convergence(true, Double.NaN, 0.02, Optional.empty(), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Convergence(true, 0.03, 0.02, Optional.empty(), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
