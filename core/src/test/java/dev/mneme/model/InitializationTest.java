package dev.mneme.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private final ParameterLayout layout = ParameterLayout.of(GptConfig.of(2, 64, 128, 64));
  private final double[] values = new Initialization(0.05, 0.02).draw(layout, new Seed(1));

  /// Every tensor has at least 64 entries; 4.5 standard errors of a sample deviation, whose own
  /// standard error is σ / √(2n).
  @Test
  void everyTensorHasTheDeviationOfItsRole() {
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      double[] drawn = Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
      double expected =
          switch (tensor.role()) {
            case TOKEN_EMBEDDING, POSITION_EMBEDDING, BOS_EMBEDDING, HEAD -> 0.05;
            case WEIGHT -> 0.02;
            case RESIDUAL_WEIGHT -> 0.01; // 0.02 / √(2 · 2 layers)
            case BIAS, NORM_SCALE, NORM_SHIFT -> 0;
          };
      if (expected == 0) {
        assertThat(drawn).as(tensor.name()).containsOnly(tensor.role() == Role.NORM_SCALE ? 1 : 0);
      } else {
        double deviation = Math.sqrt(Arrays.stream(drawn).map(x -> x * x).average().orElseThrow());
        assertThat(deviation)
            .as(tensor.name())
            .isCloseTo(expected, within(4.5 * expected / Math.sqrt(2.0 * drawn.length)));
      }
    }
  }

  @Test
  void valuesAreFloatsSoThatBothPrecisionsStartAtOnePoint() {
    assertThat(values).isEqualTo(Arrays.stream(values).map(value -> (float) value).toArray());
  }

  @Test
  void theSeedFixesEveryValueAndAnotherSeedChangesThem() {
    Initialization initialization = new Initialization(0.05, 0.02);
    assertThat(initialization.draw(layout, new Seed(1))).isEqualTo(values);
    assertThat(initialization.draw(layout, new Seed(2))).isNotEqualTo(values);
  }

  @Test
  void refusesDeviationsThatCannotBe() {
    assertThatThrownBy(() -> new Initialization(-0.1, 0.02)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> new Initialization(0.1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Initialization(Double.POSITIVE_INFINITY, 0))
        .hasMessageContaining("Infinity");
  }
}
