package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenDataset;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import org.junit.jupiter.api.Test;

class BlindBaselineTest {
  /// Sequences in which one token in five is drawn from the first ten, where `shift` says so.
  private static TokenDataset tokens(long seed, boolean shift) {
    RandomStream random = new Seed(seed).stream();
    int[] tokens = new int[1_000 * 16];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = shift && random.nextInt(5) == 0 ? random.nextInt(10) : random.nextInt(200);
    }
    return TokenDataset.of(200, 16, tokens);
  }

  @Test
  void findsADifferenceInWords() {
    AttackResult result =
        AttackResult.of(BlindBaseline.scores(tokens(1, true), tokens(2, false)), new Seed(1));
    assertThat(result.beatsChance()).isTrue();
    assertThat(result.auc().mean()).isGreaterThan(0.8);
  }

  @Test
  void findsNothingInSamplesOfOneKind() {
    AttackResult result =
        AttackResult.of(BlindBaseline.scores(tokens(1, false), tokens(2, false)), new Seed(1));
    assertThat(result.beatsChance()).isFalse();
    assertThat(result.auc().mean()).isBetween(0.45, 0.53);
  }

  /// No sequence may be scored by counts that it is part of: with a token of its own each,
  /// sequences would be told apart perfectly by a classifier that had seen them.
  @Test
  void neverScoresWhatItWasFittedOn() {
    int[] own = new int[20];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    int[] others = own.clone();
    for (int i = 0; i < others.length; i++) {
      others[i] += 20;
    }
    MembershipScores scores =
        BlindBaseline.scores(TokenDataset.of(40, 1, own), TokenDataset.of(40, 1, others));
    // no token occurs in the other folds, and both sides are of one size
    assertThat(scores.members()).containsOnly(0.0);
    assertThat(scores.nonMembers()).containsOnly(0.0);
  }

  @Test
  void refusesWhatCannotBeCompared() {
    TokenDataset few = RandomTokens.generate(new Seed(1), "data", 8, 2, 4);
    TokenDataset enough = RandomTokens.generate(new Seed(1), "data", 8, 2, 5);
    TokenDataset other = RandomTokens.generate(new Seed(1), "data", 9, 2, 5);
    assertThatThrownBy(() -> BlindBaseline.scores(few, enough)).hasMessageContaining("at least 5");
    assertThatThrownBy(() -> BlindBaseline.scores(enough, other))
        .hasMessageContaining("vocabularies");
  }
}
