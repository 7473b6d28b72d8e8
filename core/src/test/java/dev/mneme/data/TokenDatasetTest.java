package dev.mneme.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenDatasetTest {
  private final TokenDataset data = TokenDataset.of(5, 3, new int[] {0, 1, 2, 3, 4, 0, 1, 1, 1});

  @Test
  void laysSequencesEndToEnd() {
    assertThat(data.count()).isEqualTo(3);
    assertThat(data.sequence(1)).containsExactly(3, 4, 0);
    assertThat(data.token(1, 1)).isEqualTo(4);
  }

  @Test
  void copiesWhatItIsGivenAndWhatItGives() {
    int[] tokens = {0, 1, 2};
    TokenDataset copy = TokenDataset.of(5, 3, tokens);
    tokens[0] = 4;
    copy.sequence(0)[1] = 4;
    assertThat(copy.sequence(0)).containsExactly(0, 1, 2);
  }

  /// Computed with Python's hashlib over big-endian 32-bit integers.
  @Test
  void contentHashIsStable() {
    int[] tokens = {1605, 101, 398, 686, 1101, 1092, 554, 995, 179, 774, 317, 1811};
    assertThat(TokenDataset.of(2048, 4, tokens).contentHash())
        .isEqualTo("bc88f93966625235f419a4f781c54957fe80ae44b0a98c0345a9886460217738");
  }

  @Test
  void contentHashTellsShapesApart() {
    int[] tokens = {0, 1, 2, 3};
    assertThat(TokenDataset.of(4, 2, tokens).contentHash())
        .isNotEqualTo(TokenDataset.of(4, 4, tokens).contentHash())
        .isNotEqualTo(TokenDataset.of(5, 2, tokens).contentHash());
  }

  @Test
  void firstKeepsTheBeginning() {
    TokenDataset head = data.first(2);
    assertThat(head.count()).isEqualTo(2);
    assertThat(head.sequence(1)).isEqualTo(data.sequence(1));
    assertThat(data.first(3).contentHash()).isEqualTo(data.contentHash());
    assertThatThrownBy(() -> data.first(4)).hasMessage("cannot take 4 of 3 sequences");
    assertThatThrownBy(() -> data.first(0)).hasMessage("cannot take 0 of 3 sequences");
  }

  @Test
  void refusesTokensOutsideTheVocabulary() {
    assertThatThrownBy(() -> TokenDataset.of(5, 1, new int[] {0, 5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token 1 is 5, outside the vocabulary of 5");
    assertThatThrownBy(() -> TokenDataset.of(5, 1, new int[] {-1}))
        .hasMessage("token 0 is -1, outside the vocabulary of 5");
  }

  @Test
  void refusesIncompleteSequences() {
    assertThatThrownBy(() -> TokenDataset.of(5, 3, new int[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 tokens do not form sequences of length 3");
  }

  @Test
  void batchesPickSequences() {
    TokenBatch batch = TokenBatch.range(data, 1, 3);
    assertThat(batch.indices()).containsExactly(1, 2);
    assertThat(batch.positions()).isEqualTo(6);
    assertThat(TokenBatch.all(data).size()).isEqualTo(3);
    assertThatThrownBy(() -> new TokenBatch(data, new int[] {3}))
        .hasMessage("sequence 3 is not one of 3");
    assertThatThrownBy(() -> new TokenBatch(data, new int[0]))
        .hasMessageContaining("at least one sequence");
  }
}
