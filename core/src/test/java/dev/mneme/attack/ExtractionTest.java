package dev.mneme.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.UncachedCompletion;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExtractionTest {
  @Test
  void countsWhatComesBeforeTheFirstMistake() {
    TokenDataset data =
        TokenDataset.of(10, 5, new int[] {1, 2, 3, 4, 5, 9, 8, 7, 6, 5, 0, 0, 0, 0, 0});
    Extraction extraction =
        Extraction.of(data, 2, new int[] {3, 4, 5, 7, 0, 5, /* no such token */ 1, 0, 0});
    assertThat(extraction.prefix()).isEqualTo(2);
    assertThat(extraction.suffixLength()).isEqualTo(3);
    assertThat(extraction.count()).isEqualTo(3);
    assertThat(extraction.reproduced()).containsExactly(3, 1, 0);
    assertThat(extraction.reproduced(1)).isEqualTo(1);
    assertThat(extraction.isExact(0)).isTrue();
    assertThat(extraction.isExact(1)).isFalse();
    assertThat(extraction.exactRate()).isEqualTo(Rate.of(1, 3));
    extraction.reproduced()[1] = 3;
    assertThat(extraction.exactRate()).as("after a copy was changed").isEqualTo(Rate.of(1, 3));
  }

  /// A head whose logits depend on nothing makes the model say token 4 for ever.
  @Test
  void asksTheModel() {
    GptConfig config = new GptConfig(1, 4, 1, 6, 3, false);
    ParameterLayout layout = ParameterLayout.of(config);
    double[] parameters = new double[layout.size()];
    parameters[layout.tensor("ln_f.bias").offset()] = 1;
    parameters[layout.tensor("lm_head.weight").offset() + 4 * 4] = 1;
    TokenDataset data = TokenDataset.of(6, 3, new int[] {4, 4, 4, 0, 4, 4, 4, 4, 0, 4, 0, 4});
    try (TrainableModel model = new ReferenceEngine().create(config, parameters)) {
      assertThat(Extraction.of(model, data, 0).reproduced()).containsExactly(3, 0, 2, 1);
      assertThat(Extraction.of(model, data, 1).reproduced()).containsExactly(2, 2, 1, 0);
      assertThat(Extraction.of(model, data, 2).reproduced()).containsExactly(1, 1, 0, 1);
      assertThatThrownBy(() -> Extraction.of(model, data, 3))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// As long as completion is right its input is that of teacher forcing, so both make their first
  /// mistake at the same place; and a longer prefix never spoils an exact match.
  @Property(seed = "2026", tries = 60)
  void stopsWhereTeacherForcingFirstErrs(
      @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
      @ForAll @IntRange(min = 2, max = 4) int vocabulary,
      @ForAll @IntRange(min = 1, max = 6) int length) {
    GptConfig config = new GptConfig(1, 4, 2, vocabulary, length, true);
    double[] parameters =
        new Initialization(0.8, 0.8).draw(ParameterLayout.of(config), new Seed(seed));
    TokenDataset data = RandomTokens.generate(new Seed(seed), "data", vocabulary, length, 12);
    try (TrainableModel model = new ReferenceEngine().create(config, parameters)) {
      double[] logits = model.logits(TokenBatch.all(data));
      for (int prefix = 0; prefix < length; prefix++) {
        Extraction extraction = Extraction.of(model, data, prefix);
        for (int index = 0; index < data.count(); index++) {
          int position = prefix;
          while (position < length
              && UncachedCompletion.mostLikely(
                      logits, (index * length + position) * vocabulary, vocabulary)
                  == data.token(index, position)) {
            position++;
          }
          assertThat(extraction.reproduced(index)).isEqualTo(position - prefix);
          assertThat(extraction.isExact(index)).isEqualTo(position == length);
        }
      }
    }
  }
}
