package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PlateauTestTest {
  private static List<PlateauTest.Size> sizes(double... means) {
    List<PlateauTest.Size> sizes = new ArrayList<>();
    for (double mean : means) {
      sizes.add(new PlateauTest.Size(100 * (sizes.size() + 1), new Bits(mean)));
    }
    return sizes;
  }

  @Test
  void onePeakWithOneSmallerAndTwoLargerIsEnclosed() {
    Plateau plateau = PlateauTest.judge(sizes(50, 100, 97, 80));

    assertThat(plateau.enclosed()).isTrue();
    assertThat(plateau.smaller()).isEqualTo(1);
    assertThat(plateau.larger()).isEqualTo(2);
    assertThat(plateau.missingSmaller()).isZero();
    assertThat(plateau.missingLarger()).isZero();
    assertThat(plateau.explanation())
        .contains("100.0 bits at 200 sequences")
        .contains("3.0% and 20.0% below");
  }

  @Test
  void aPeakAtTheSmallestSizeLacksASmallerOne() {
    Plateau plateau = PlateauTest.judge(sizes(100, 99, 98));

    assertThat(plateau.enclosed()).isFalse();
    assertThat(plateau.missingSmaller()).isEqualTo(1);
    assertThat(plateau.missingLarger()).isZero();
    assertThat(plateau.explanation()).contains("0 smaller sizes").contains("at least 1 smaller");
  }

  @Test
  void aCurveThatStillRisesLacksTwoLargerOnes() {
    Plateau plateau = PlateauTest.judge(sizes(50, 80, 100));

    assertThat(plateau.enclosed()).isFalse();
    assertThat(plateau.missingLarger()).isEqualTo(2);
    assertThat(plateau.explanation())
        .contains("at least 2 larger")
        .contains("still gains 20.0% on 200 sequences");
  }

  @Test
  void aRecordHeldByTheLastSizeIsNoPlateauHoweverFlat() {
    assertThat(PlateauTest.judge(sizes(99.7, 99.8, 99.9, 100)).enclosed()).isFalse();
  }

  @Test
  void onlyOneLargerSizeIsNotEnough() {
    Plateau plateau = PlateauTest.judge(sizes(50, 80, 100, 90));

    assertThat(plateau.enclosed()).isFalse();
    assertThat(plateau.missingLarger()).isEqualTo(1);
    assertThat(plateau.explanation()).contains("1 larger size beside").contains("2 larger are needed");
  }

  @Test
  void aSingleSizeLacksBothSides() {
    Plateau plateau = PlateauTest.judge(sizes(100));

    assertThat(plateau.missingSmaller()).isEqualTo(1);
    assertThat(plateau.missingLarger()).isEqualTo(2);
    assertThat(plateau.explanation()).contains("1 smaller and 2 larger are needed");
  }

  @Test
  void ofEqualMeansTheSmallestSizeIsThePeak() {
    assertThat(PlateauTest.peakIndex(sizes(1, 5, 5, 5))).isEqualTo(1);
    assertThat(PlateauTest.judge(sizes(1, 5, 5, 5)).enclosed()).isTrue();
  }

  @Test
  void aPeakThatIsNotAboveZeroIsNone() {
    Plateau plateau = PlateauTest.judge(sizes(-5, 0, -1, -2));

    assertThat(plateau.enclosed()).isFalse();
    assertThat(plateau.explanation()).contains("No size memorized anything");
  }

  @Test
  void noSizesAreNoPlateau() {
    assertThat(PlateauTest.judge(List.of()).enclosed()).isFalse();
  }

  @Test
  void refusesSizesOutOfOrderAndImpossibleJudgements() {
    assertThatThrownBy(
            () ->
                PlateauTest.judge(
                    List.of(
                        new PlateauTest.Size(5, new Bits(1)), new PlateauTest.Size(5, new Bits(2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 follows 5");
    assertThatThrownBy(() -> new Plateau(true, 0, 2, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void isEnclosedExactlyWhereTheCountsSaySo(
      @ForAll List<@DoubleRange(min = 0.1, max = 1e9) Double> means) {
    double[] values = means.stream().mapToDouble(Double::doubleValue).toArray();

    Plateau plateau = PlateauTest.judge(sizes(values));

    assertThat(plateau.enclosed())
        .isEqualTo(plateau.missingSmaller() == 0 && plateau.missingLarger() == 0);
    if (values.length > 0) {
      assertThat(plateau.smaller() + 1 + plateau.larger()).isEqualTo(values.length);
      assertThat(means).allMatch(value -> value <= values[plateau.smaller()]);
    }
  }
}
