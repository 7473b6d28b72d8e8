package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.measure.LearningPhases.Change;
import dev.mneme.measure.LearningPhases.Course;
import dev.mneme.measure.LearningPhases.Point;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LearningPhasesTest {
  private static final Bits MARGIN = new Bits(0.25);

  /// Held-out losses at steps 0, 10, 20, ...; training loss falls by one from step to step.
  private static List<Point> points(double... heldOut) {
    List<Point> points = new ArrayList<>();
    for (double loss : heldOut) {
      int index = points.size();
      points.add(new Point(10L * index, new Bits(20 - index), new Bits(loss)));
    }
    return points;
  }

  private static LearningPhases of(double... heldOut) {
    return LearningPhases.of(points(heldOut), MARGIN);
  }

  @Test
  void memorizesFirstAndGeneralizesLater() {
    LearningPhases phases = of(9, 6, 5, 7, 8, 6, 3, 3.125);
    Change rise = phases.rise().orElseThrow();
    Change fall = phases.fall().orElseThrow();

    assertThat(phases.course()).isEqualTo(Course.GENERALIZING_LATER);
    assertThat(phases.lowest().step()).isEqualTo(60);
    assertThat(rise.from().step()).isEqualTo(20);
    assertThat(rise.to().step()).isEqualTo(40);
    assertThat(rise.heldOut()).isEqualTo(new Bits(3));
    assertThat(rise.train()).isEqualTo(new Bits(-2));
    assertThat(fall.from().step()).isEqualTo(40);
    assertThat(fall.to().step()).isEqualTo(60);
    assertThat(fall.heldOut()).isEqualTo(new Bits(-5));
    assertThat(phases.belowFirstMinimum()).contains(new Bits(2));
  }

  @Test
  void aFallThatStaysAboveTheFirstMinimumSaysSo() {
    LearningPhases phases = of(9, 5, 8, 7);

    assertThat(phases.course()).isEqualTo(Course.GENERALIZING_LATER);
    assertThat(phases.lowest().step()).isEqualTo(10);
    assertThat(phases.belowFirstMinimum()).contains(new Bits(-2));
  }

  @Test
  void overfittingDoesNotFallAgain() {
    LearningPhases phases = of(9, 6, 5, 7, 8, 7.75); // falls by just the margin

    assertThat(phases.course()).isEqualTo(Course.MEMORIZING);
    assertThat(phases.rise().orElseThrow().to().step()).isEqualTo(40);
    assertThat(phases.fall()).isEmpty();
    assertThat(phases.belowFirstMinimum()).isEmpty();
  }

  @Test
  void aRunThatOnlyImprovesHasNoRise() {
    LearningPhases phases = of(9, 6, 6.25, 5, 5); // rises by just the margin

    assertThat(phases.course()).isEqualTo(Course.NO_RISE);
    assertThat(phases.lowest().step()).isEqualTo(30);
    assertThat(phases.rise()).isEmpty();
    assertThat(of(9).course()).isEqualTo(Course.NO_RISE);
  }

  /// A fall counts although held-out loss ends at its highest.
  @Test
  void aLastRiseDoesNotHideAnEarlierFall() {
    LearningPhases phases = of(5, 3, 6, 4, 8);

    assertThat(phases.rise().orElseThrow().to().step()).isEqualTo(40);
    assertThat(phases.fall().orElseThrow().from().step()).isEqualTo(20);
    assertThat(phases.fall().orElseThrow().heldOut()).isEqualTo(new Bits(-2));
    assertThat(phases.course()).isEqualTo(Course.GENERALIZING_LATER);
  }

  /// Both losses jump and come back: that is no memorization.
  @Test
  void aSpikeOfTrainingIsNotGeneralization() {
    List<Point> points =
        List.of(
            new Point(0, new Bits(9), new Bits(9)),
            new Point(10, new Bits(5), new Bits(5)),
            new Point(20, new Bits(8), new Bits(8)),
            new Point(30, new Bits(4), new Bits(4)));

    LearningPhases phases = LearningPhases.of(points, MARGIN);

    assertThat(phases.course()).isEqualTo(Course.UNSTABLE);
    assertThat(phases.fall()).isPresent();
  }

  /// Whatever the curve: rises and falls are there exactly where three points show them.
  @Property(tries = 300, seed = "20250524")
  void risesAndFallsAreThereExactlyWherePointsShowThem(
      @ForAll @IntRange(min = 1, max = 9) int count, @ForAll long seed) {
    RandomStream random = new Seed(seed).stream();
    double[] loss = new double[count];
    for (int i = 0; i < count; i++) {
      loss[i] = random.nextInt(8) / 8.0;
    }
    boolean rises = false;
    boolean falls = false;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        boolean risen = loss[j] - loss[i] > 0.25;
        rises |= risen;
        for (int k = j + 1; k < count; k++) {
          falls |= risen && loss[j] - loss[k] > 0.25;
        }
      }
    }

    LearningPhases phases = of(loss);

    assertThat(phases.rise().isPresent()).isEqualTo(rises);
    assertThat(phases.fall().isPresent()).isEqualTo(falls);
    assertThat(phases.course())
        .isEqualTo(falls ? Course.GENERALIZING_LATER : rises ? Course.MEMORIZING : Course.NO_RISE);
    phases.rise().ifPresent(rise -> assertThat(rise.heldOut()).isGreaterThan(MARGIN));
    phases.fall().ifPresent(fall -> assertThat(fall.heldOut().value()).isLessThan(-0.25));
    assertThat(points(loss)).allMatch(p -> p.heldOut().compareTo(phases.lowest().heldOut()) >= 0);
  }

  @Test
  void refusesWhatIsNoRun() {
    assertThatThrownBy(LearningPhasesTest::of).hasMessageContaining("at least one point");
    Point point = new Point(7, Bits.ZERO, Bits.ZERO);
    assertThatThrownBy(() -> LearningPhases.of(List.of(point, point), MARGIN))
        .hasMessageContaining("7 follows 7");
    assertThatThrownBy(() -> LearningPhases.of(List.of(point), new Bits(-1)))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> new Point(-1, Bits.ZERO, Bits.ZERO)).hasMessageContaining("-1");
  }
}
