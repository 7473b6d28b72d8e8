package dev.mneme.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.random.Seed;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
  private static final Seed SEED = new Seed(7);

  @Property(tries = 200, seed = "42")
  void everyEpochShowsEverySequenceOnce(
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = 1, max = 50) int size) {
    BatchOrder order = new BatchOrder(SEED, count, size);
    int batch = Math.min(count, size);
    int[] line =
        IntStream.rangeClosed(1, count) // count steps make `batch` whole epochs
            .flatMap(step -> IntStream.of(order.indices(step)))
            .toArray();
    assertThat(line).hasSize(count * batch);
    for (int epoch = 0; epoch < batch; epoch++) {
      int[] sorted = IntStream.of(line).skip((long) epoch * count).limit(count).sorted().toArray();
      assertThat(sorted).isEqualTo(IntStream.range(0, count).toArray());
    }
  }

  @Property(tries = 200, seed = "42")
  void aStepDependsOnItsNumberAlone(
      @ForAll @IntRange(min = 1, max = 500) int step,
      @ForAll @IntRange(min = 1, max = 30) int count) {
    BatchOrder walked = new BatchOrder(SEED, count, 4);
    int[] last = new int[0];
    for (int k = 1; k <= step; k++) {
      last = walked.indices(k);
    }
    assertThat(new BatchOrder(SEED, count, 4).indices(step)).isEqualTo(last);
  }

  @Test
  void epochsAreThePermutationsOfTheDerivedSeeds() {
    BatchOrder order = new BatchOrder(SEED, 5, 3);
    int[] first = SEED.derive("order", 0).stream().permutation(5);
    int[] second = SEED.derive("order", 1).stream().permutation(5);
    assertThat(order.indices(2)).containsExactly(first[3], first[4], second[0]);
    assertThat(new BatchOrder(new Seed(8), 5, 3).indices(1)).isNotEqualTo(order.indices(1));
  }

  @Test
  void aBatchOfTheWholeSetKeepsItsOrder() {
    assertThat(new BatchOrder(SEED, 4, 9).indices(3)).containsExactly(0, 1, 2, 3);
  }
}
