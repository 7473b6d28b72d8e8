package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.TokenDataset;
import dev.mneme.measure.Interval;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import org.hipparchus.stat.ranking.NaturalRanking;
import org.junit.jupiter.api.Test;

class TermRarityTest {
  /// By hand: four sequences; token 0 occurs 4 times, 1 twice, 2 and 3 once each.
  @Test
  void averagesTheRarityOfWords() {
    TokenDataset data = TokenDataset.of(5, 2, new int[] {0, 0, 0, 1, 2, 1, 0, 3});
    assertThat(TermRarity.in(data).of(data)).containsExactly(0, 0.5, 1.5, 1);
    // a word that never occurs is as rare as one that occurs once
    assertThat(TermRarity.in(data).of(TokenDataset.of(5, 1, new int[] {4}))).containsExactly(2);
    assertThatThrownBy(() -> TermRarity.in(data).of(TokenDataset.of(6, 1, new int[] {4})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Without ties, `ρ = 1 − 6 Σ d² / (n (n² − 1))`: ranks 1 2 3 4 5 and 2 1 4 3 5 give 0.8.
  @Test
  void correlatesRanks() {
    double[] left = {1, 20, 300, 4_000, 50_000};
    assertThat(RankCorrelation.spearman(left, new double[] {2, 1, 4, 3, 5}).mean())
        .isCloseTo(0.8, within(1e-12));
    Interval same = RankCorrelation.spearman(left, new double[] {1, 2, 3, 4, 5});
    assertThat(same.mean()).isCloseTo(1, within(1e-12));
    assertThat(same.high()).isEqualTo(1);
    assertThat(RankCorrelation.spearman(left, new double[] {5, 4, 3, 2, 1}).mean())
        .isCloseTo(-1, within(1e-12));
    // ties at their mean rank: Pearson's correlation of 1 2 3 4 5 and 1.5 1.5 3 4.5 4.5, 9 / √(10 ·
    // 9)
    assertThat(new NaturalRanking().rank(new double[] {7, 7, 8, 9, 9}))
        .containsExactly(1.5, 1.5, 3, 4.5, 4.5);
    assertThat(RankCorrelation.spearman(left, new double[] {7, 7, 8, 9, 9}).mean())
        .isCloseTo(9 / Math.sqrt(90), within(1e-12));
  }

  /// 600 samples of 60 with a population correlation of ranks of (6/π) asin(r/2), normal pairs of
  /// r.
  @Test
  void intervalsCoverAtTheirNominalRate() {
    double pearson = 0.5;
    double truth = 6 / Math.PI * Math.asin(pearson / 2);
    int covered = 0;
    for (int run = 0; run < 600; run++) {
      RandomStream random = new Seed(7).derive("ranks", run).stream();
      double[] left = new double[60];
      double[] right = new double[60];
      for (int i = 0; i < left.length; i++) {
        left[i] = random.nextGaussian();
        right[i] = pearson * left[i] + Math.sqrt(1 - pearson * pearson) * random.nextGaussian();
      }
      Interval interval = RankCorrelation.spearman(left, right);
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat(covered / 600.0).isBetween(0.923, 0.977);
  }

  @Test
  void refusesWhatHasNoRanks() {
    double[] four = {1, 2, 3, 4};
    assertThatThrownBy(() -> RankCorrelation.spearman(four, new double[] {1, 1, 1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RankCorrelation.spearman(four, new double[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RankCorrelation.spearman(new double[3], new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
