package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.GptConfig;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CostTest {
  @Test
  void countsTheProductsOfATransformer() {
    // one layer of width 2 over contexts of 3, vocabulary 5: 12·4 + 2·2·3 + 2·5 = 70
    // multiplications
    GptConfig model = new GptConfig(1, 2, 1, 5, 3, true);

    assertThat(TrialCost.trainingOperations(model, 10)).isEqualTo(6 * 70 * 10.0);
  }

  @Test
  void addsUpAndAverages() {
    TrialSpecification trial = new TrialSpecification(FakeTrials.MODEL, 5, FakeTrials.TRAINING, 1);
    TrialResult result = FakeTrials.finished(trial, 10);
    double operations = TrialCost.trainingOperations(FakeTrials.MODEL, 3000);

    Cost both = Cost.of(List.of(result, result));

    assertThat(both.trials()).isEqualTo(2);
    assertThat(both.tokens()).isEqualTo(6000);
    assertThat(both.operations()).isCloseTo(2 * operations, within(1e-6));
    assertThat(both.coreSeconds()).isEqualTo(OptionalDouble.of(2.5));
    assertThat(both.perTrial()).isEqualTo(new Cost(1, 3000, operations, OptionalDouble.of(1.25)));
    assertThat(Cost.of(List.of())).isEqualTo(new Cost(0, 0, 0, OptionalDouble.of(0)));
  }
}
