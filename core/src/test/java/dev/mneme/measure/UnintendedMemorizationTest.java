package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.TokenDataset;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UnintendedMemorizationTest {
  private static final Bits EIGHT = new Bits(8);

  private static UnintendedMemorization of(double[] reference, double[] model) {
    return new UnintendedMemorization(
        CodeLengths.ofBits(reference), CodeLengths.ofBits(model), EIGHT);
  }

  /// By hand, 8 bits a sequence under the uniform code. The third is worse than uniform under both.
  private static UnintendedMemorization byHand() {
    return of(new double[] {7, 6, 9}, new double[] {2, 7, 12});
  }

  @Test
  void tellsWhatTheReferenceExplainsFromWhatItDoesNot() {
    UnintendedMemorization measured = byHand();

    assertThat(List.of(measured.net(0), measured.net(1), measured.net(2)))
        .containsExactly(new Bits(5), new Bits(-1), new Bits(-3));
    assertThat(List.of(measured.unintended(0), measured.unintended(1), measured.unintended(2)))
        .containsExactly(new Bits(5), Bits.ZERO, Bits.ZERO);
    assertThat(List.of(measured.intended(0), measured.intended(1), measured.intended(2)))
        .containsExactly(new Bits(1), new Bits(1), new Bits(-4));
    assertThat(List.of(measured.total(0), measured.total(1), measured.total(2)))
        .containsExactly(new Bits(6), new Bits(1), new Bits(-4));
  }

  @Test
  void addsUpOverASet() {
    UnintendedMemorization measured = byHand();

    assertThat(measured.count()).isEqualTo(3);
    assertThat(measured.net()).isEqualTo(new Bits(1));
    assertThat(measured.clipped()).isEqualTo(new Bits(5));
    assertThat(measured.intended()).isEqualTo(new Bits(-2));
    assertThat(measured.total()).isEqualTo(new Bits(3));
  }

  /// Net 5, −1, −3: mean 1/3, squares (196 + 16 + 100)/9, s = √(52/3); t(0.975, 2) from tables.
  @Test
  void givesErrorsAndIntervalsOverSequences() {
    UnintendedMemorization measured = byHand();
    double deviation = Math.sqrt(52 / 3.0);

    assertThat(measured.netStandardError().value())
        .isCloseTo(deviation * Math.sqrt(3), within(1e-13));
    assertThat(measured.meanNet().mean()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(measured.meanNet().halfWidth())
        .isCloseTo(4.302652729911275 * deviation / Math.sqrt(3), within(1e-8));
    // clipped 5, 0, 0: s = √(25/3); intended 1, 1, −4 likewise
    double half = 4.302652729911275 * Math.sqrt(25 / 3.0) / Math.sqrt(3);
    assertThat(measured.meanUnintended().mean()).isCloseTo(5 / 3.0, within(1e-15));
    assertThat(measured.meanUnintended().halfWidth()).isCloseTo(half, within(1e-8));
    assertThat(measured.meanIntended().mean()).isCloseTo(-2 / 3.0, within(1e-15));
    assertThat(measured.meanIntended().halfWidth()).isCloseTo(half, within(1e-8));
    assertThat(measured.meanNet().observations()).isEqualTo(3);
    assertThat(measured.first(1).meanNet().isPoint()).isTrue();
    assertThat(measured.first(1).netStandardError()).isEqualTo(Bits.ZERO);
  }

  /// On random tokens the reference is the uniform source, and the older measure says the same.
  @Test
  void agreesWithMemorizationOfRandomTokensAgainstTheUniformCode() {
    TokenDataset data = TokenDataset.of(16, 2, new int[] {1, 2, 3, 4, 5, 6});
    CodeLengths model = CodeLengths.ofBits(new double[] {2, 7, 12});
    double uniform = Bits.toChoose(16).times(2).value();
    CodeLengths source = CodeLengths.ofBits(new double[] {uniform, uniform, uniform});

    UnintendedMemorization measured = UnintendedMemorization.on(data, source, model);
    Memorization random = Memorization.ofRandomTokens(data, model);

    assertThat(measured.uniform().value()).isCloseTo(8, within(1e-14));
    assertThat(measured.net().value()).isCloseTo(random.net().value(), within(1e-13));
    assertThat(measured.clipped().value()).isCloseTo(random.clipped().value(), within(1e-13));
    assertThat(measured.netStandardError().value())
        .isCloseTo(random.netStandardError().value(), within(1e-13));
    assertThat(measured.total().value()).isCloseTo(random.net().value(), within(1e-13));
  }

  @Property(tries = 200, seed = "20250524")
  void partsAddUp(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1000) Double> lengths,
      @ForAll long seed) {
    UnintendedMemorization measured = random(lengths, seed);

    double net = 0;
    for (int i = 0; i < measured.count(); i++) {
      net += measured.net(i).value();
      assertThat(measured.unintended(i).value() + measured.intended(i).value())
          .isCloseTo(measured.total(i).value(), within(1e-12));
    }
    assertThat(measured.net().value()).isCloseTo(net, within(1e-9));
    assertThat(measured.net().value())
        .isCloseTo(
            measured.reference().total().minus(measured.model().total()).value(), within(1e-9));
    assertThat(measured.clipped().plus(measured.intended()).value())
        .isCloseTo(measured.total().value(), within(1e-9));
    assertThat(measured.clipped()).isGreaterThanOrEqualTo(measured.net());
    assertThat(measured.clipped()).isGreaterThanOrEqualTo(Bits.ZERO);
    assertThat(measured.meanNet().mean() * measured.count())
        .isCloseTo(measured.net().value(), within(1e-9));
  }

  @Property(tries = 200, seed = "20250524")
  void aModelAgainstItselfRemembersExactlyNothing(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1000) Double> lengths) {
    double[] bits = lengths.stream().mapToDouble(Double::doubleValue).toArray();

    UnintendedMemorization measured = of(bits, bits);

    assertThat(measured.net()).isEqualTo(Bits.ZERO);
    assertThat(measured.clipped()).isEqualTo(Bits.ZERO);
    assertThat(measured.netStandardError()).isEqualTo(Bits.ZERO);
    assertThat(measured.meanNet()).isEqualTo(new Interval(0, 0, 0, bits.length));
    assertThat(measured.intended()).isEqualTo(measured.total());
    for (int i = 0; i < bits.length; i++) {
      assertThat(measured.net(i)).isEqualTo(Bits.ZERO);
      assertThat(measured.unintended(i)).isEqualTo(Bits.ZERO);
      assertThat(measured.intended(i)).isEqualTo(measured.total(i));
    }
  }

  @Property(tries = 200, seed = "20250524")
  void movesWithItsReference(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1000) Double> lengths,
      @ForAll long seed,
      @ForAll @DoubleRange(min = -100, max = 100) double shift) {
    UnintendedMemorization measured = random(lengths, seed);
    double[] moved = measured.reference().toArray();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += shift;
    }

    UnintendedMemorization after = of(moved, measured.model().toArray());

    assertThat(after.net().minus(measured.net()).value())
        .isCloseTo(shift * moved.length, within(1e-9));
    assertThat(after.meanNet().mean() - measured.meanNet().mean()).isCloseTo(shift, within(1e-9));
    assertThat(after.netStandardError().value())
        .isCloseTo(measured.netStandardError().value(), within(1e-8));
    assertThat(after.total()).isEqualTo(measured.total());
  }

  @Property(tries = 200, seed = "20250524")
  void smallerSetsAreTheBeginningOfLargerOnes(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1000) Double> lengths,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int size) {
    UnintendedMemorization all = random(lengths, seed);
    int some = Math.min(size, all.count());

    UnintendedMemorization first = all.first(some);

    assertThat(first.count()).isEqualTo(some);
    for (int i = 0; i < some; i++) {
      assertThat(first.net(i)).isEqualTo(all.net(i));
      assertThat(first.intended(i)).isEqualTo(all.intended(i));
    }
    assertThat(first.clipped()).isLessThanOrEqualTo(all.clipped());
    assertThat(all.first(all.count())).isEqualTo(all);
    assertThat(first.first(1)).isEqualTo(all.first(1));
  }

  private static UnintendedMemorization random(List<Double> reference, long seed) {
    RandomStream random = new Seed(seed).stream();
    double[] bits = reference.stream().mapToDouble(Double::doubleValue).toArray();
    double[] model = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      model[i] = bits[i] + 20 * random.nextGaussian();
    }
    return of(bits, model);
  }

  /// 4,000 sets of 6 sequences. The share of intervals that hold the truth has a standard error of
  /// 0.0034; normal quantiles in place of Student's would hold it in 0.893.
  @Test
  void intervalsCoverAtTheirNominalRate() {
    int sets = 4000;
    int covered = 0;
    for (int set = 0; set < sets; set++) {
      RandomStream random = new Seed(11).derive("samples", set).stream();
      double[] reference = new double[6];
      double[] model = new double[6];
      for (int i = 0; i < reference.length; i++) {
        reference[i] = 400 + 50 * random.nextGaussian();
        model[i] = reference[i] - 3 + 4 * random.nextGaussian(); // 3 bits are remembered
      }
      Interval interval = of(reference, model).meanNet();
      covered += interval.low() <= 3 && 3 <= interval.high() ? 1 : 0;
    }
    assertThat((double) covered / sets).isBetween(0.94, 0.96);
  }

  /// Nothing is remembered, and differences are normal with deviation 4: the clipped mean is 4 /
  /// √(2π) = 1.596 all the same.
  @Test
  void noiseLiftsTheClippedSumAndNotTheNetSum() {
    int count = 20_000;
    RandomStream random = new Seed(12).stream();
    double[] reference = new double[count];
    double[] model = new double[count];
    for (int i = 0; i < count; i++) {
      reference[i] = 400;
      model[i] = 400 + 4 * random.nextGaussian();
    }
    UnintendedMemorization measured = of(reference, model);

    assertThat(measured.meanUnintended().mean())
        .isCloseTo(4 / Math.sqrt(2 * Math.PI), within(0.05)); // three standard errors: 0.0496
    assertThat(measured.meanUnintended().low()).isGreaterThan(1.5);
    assertThat(Math.abs(measured.net().value()))
        .isLessThan(3 * measured.netStandardError().value());
    // √20,000 · 4
    assertThat(measured.netStandardError().value()).isCloseTo(565.7, within(9.0));
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    double[] two = {1, 2};
    assertThatThrownBy(() -> of(two, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 1");
    assertThatThrownBy(() -> of(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> of(two, two).first(3)).hasMessageContaining("cannot take 3 of 2");
    assertThatThrownBy(() -> of(two, two).first(0)).hasMessageContaining("cannot take 0 of 2");
    CodeLengths lengths = CodeLengths.ofBits(two);
    assertThatThrownBy(() -> new UnintendedMemorization(lengths, lengths, Bits.ZERO))
        .hasMessageContaining("more than 0 bits");
    TokenDataset three = TokenDataset.of(16, 2, new int[] {1, 2, 3, 4, 5, 6});
    assertThatThrownBy(() -> UnintendedMemorization.on(three, lengths, lengths))
        .hasMessageContaining("2 code lengths")
        .hasMessageContaining("3");
  }
}
