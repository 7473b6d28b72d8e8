package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.unit.Bits;
import org.junit.jupiter.api.Test;

class ConvergenceTestTest {
  private static Convergence judge(double half, double full) {
    return ConvergenceTest.judge(new Bits(half), new Bits(full), 0.02);
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
    assertThat(ConvergenceTest.judge(new Bits(1024), new Bits(1056), 0.03125).converged()).isTrue();
    assertThat(ConvergenceTest.judge(new Bits(1024), new Bits(1057), 0.03125).converged()).isFalse();
    assertThat(ConvergenceTest.judge(new Bits(1024), new Bits(992), 0.03125).converged()).isTrue();
    assertThat(ConvergenceTest.judge(new Bits(1024), new Bits(991), 0.03125).converged()).isFalse();
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
  void refusesBadTolerancesAndContradictions() {
    for (double bad : new double[] {Double.NaN, -0.01, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> ConvergenceTest.judge(new Bits(1), new Bits(1), bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(bad));
    }
    assertThatThrownBy(() -> new Convergence(true, Double.NaN, 0.02, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Convergence(true, 0.03, 0.02, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
