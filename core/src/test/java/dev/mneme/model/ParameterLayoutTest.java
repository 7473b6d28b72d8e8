package dev.mneme.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  @Property(seed = "2026", tries = 200)
  void tensorsFillTheVectorWithoutGapAndTheBosRowIsLast(
      @ForAll @IntRange(min = 1, max = 4) int layers,
      @ForAll @IntRange(min = 1, max = 5) int heads,
      @ForAll @IntRange(min = 1, max = 9) int headWidth,
      @ForAll @IntRange(min = 2, max = 50) int vocabularySize,
      @ForAll @IntRange(min = 1, max = 9) int contextLength,
      @ForAll boolean tied) {
    GptConfig config =
        new GptConfig(layers, heads * headWidth, heads, vocabularySize, contextLength, tied);
    ParameterLayout layout = ParameterLayout.of(config);
    int offset = 0;
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      assertThat(tensor.offset()).as(tensor.name()).isEqualTo(offset);
      assertThat(tensor.shape().stream().reduce(1, Math::multiplyExact)).isEqualTo(tensor.size());
      assertThat(layout.tensor(tensor.name())).isEqualTo(tensor);
      offset += tensor.size();
    }
    assertThat(layout.size()).isEqualTo(offset);
    ParameterLayout.Tensor last = layout.tensors().getLast();
    assertThat(last.role()).isEqualTo(ParameterLayout.Role.BOS_EMBEDDING);
    assertThat(layout.parameterCount().total()).isEqualTo(last.offset());
    assertThat(config.parameterCount()).isEqualTo(layout.parameterCount());
  }

  @Test
  void namesTensorsAsGpt2Does() {
    assertThat(ParameterLayout.of(GptConfig.of(1, 8, 16, 4)).names())
        .containsExactly(
            "wte.weight",
            "wpe.weight",
            "h.0.ln_1.weight",
            "h.0.ln_1.bias",
            "h.0.attn.c_attn.weight",
            "h.0.attn.c_attn.bias",
            "h.0.attn.c_proj.weight",
            "h.0.attn.c_proj.bias",
            "h.0.ln_2.weight",
            "h.0.ln_2.bias",
            "h.0.mlp.c_fc.weight",
            "h.0.mlp.c_fc.bias",
            "h.0.mlp.c_proj.weight",
            "h.0.mlp.c_proj.bias",
            "ln_f.weight",
            "ln_f.bias",
            "bos.weight");
  }

  @Test
  void weightsAreInByOut() {
    ParameterLayout layout = ParameterLayout.of(new GptConfig(1, 8, 2, 16, 4, false));
    assertThat(layout.tensor("h.0.mlp.c_fc.weight").shape()).containsExactly(8, 32);
    assertThat(layout.tensor("h.0.mlp.c_proj.weight").shape()).containsExactly(32, 8);
    assertThat(layout.tensor("h.0.attn.c_attn.weight").shape()).containsExactly(8, 24);
    assertThat(layout.tensor("lm_head.weight").shape()).containsExactly(16, 8);
    assertThat(layout.tensor("ln_f.bias").shape()).containsExactly(8);
  }

  @Test
  void refusesUnknownNamesAndModelsBeyondTheLimit() {
    ParameterLayout layout = ParameterLayout.of(GptConfig.of(1, 8, 16, 4));
    assertThatThrownBy(() -> layout.tensor("lm_head.weight"))
        .hasMessage("no tensor is named lm_head.weight");
    GptConfig huge = GptConfig.of(256, 16_384, 1 << 20, 1 << 16);
    assertThatThrownBy(() -> ParameterLayout.of(huge)).isInstanceOf(ArithmeticException.class);
  }
}
