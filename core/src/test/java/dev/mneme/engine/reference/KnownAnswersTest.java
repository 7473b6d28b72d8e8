package dev.mneme.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.CodeLengths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Figures found by hand or by another program.
class KnownAnswersTest {
  private static final double LN3 = Math.log(3);

  @ParameterizedTest
  @CsvSource({"1, 8, 1, 2, 1", "1, 24, 3, 37, 7", "2, 8, 2, 2048, 64"})
  void modelsOfZerosAreUniform(int layers, int width, int heads, int vocabulary, int length) {
    GptConfig config = new GptConfig(layers, width, heads, vocabulary, length, true);
    TrainableModel model =
        new ReferenceEngine().create(config, new double[ParameterLayout.of(config).size()]);
    TokenBatch batch =
        TokenBatch.all(RandomTokens.generate(new Seed(1), "data", vocabulary, length, 3));
    double expected = length * Math.log(vocabulary) / Math.log(2);
    CodeLengths lengths = model.codeLengths(batch);
    for (int b = 0; b < 3; b++) {
      assertThat(lengths.bits(b)).isCloseTo(expected, within(1e-12 * expected));
    }
    assertThat(lengths.total().value()).isCloseTo(3 * expected, within(3e-12 * expected));
  }

  /// With width 1 a LayerNorm gives its shift, here 1, so the logits are the token embeddings: 0
  /// and ln 3, the probabilities ¼ and ¾, and the tokens 1, 0 cost log2(4/3) + log2 4 = 4 − log2 3
  /// bits. The embedding gets, for each position, (p − [v = token]) / 2: (¼, −¼) / 2 and (−¾, ¾) /
  /// 2, together (−¼, ¼); nothing flows back through the norm.
  @Test
  void aModelOfWidthOneByHand() {
    GptConfig config = new GptConfig(1, 1, 1, 2, 2, true);
    ParameterLayout layout = ParameterLayout.of(config);
    double[] parameters = new double[layout.size()];
    parameters[layout.tensor("wte.weight").offset() + 1] = LN3;
    parameters[layout.tensor("ln_f.bias").offset()] = 1;
    TrainableModel model = new ReferenceEngine().create(config, parameters);
    TokenBatch batch = TokenBatch.all(TokenDataset.of(2, 2, new int[] {1, 0}));
    assertThat(model.logits(batch)).containsExactly(0, LN3, 0, LN3);
    assertThat(model.codeLengths(batch).bits(0)).isCloseTo(4 - LN3 / Math.log(2), within(1e-14));
    double[] gradient = model.gradient(batch).values();
    assertThat(gradient[0]).isCloseTo(-0.25, within(1e-15));
    assertThat(gradient[1]).isCloseTo(0.25, within(1e-15));
    // The shift gets Σ_t Σ_v dlogit_tv wte_v = −¼ · 0 + ¼ ln 3.
    assertThat(gradient[layout.tensor("ln_f.bias").offset()]).isCloseTo(LN3 / 4, within(1e-15));
    assertThat(gradient[layout.tensor("bos.weight").offset()]).isZero();
  }

  /// ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) to 30 digits by multiple-precision arithmetic.
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.345714009825143922",
    "1, 0.841191990608276704",
    "-1, -0.158808009391723295",
    "2, 1.95459769408777502",
    "3, 2.99636260791822698",
    "-3, -0.00363739208177301884",
    "25, 25",
    "-25, 0",
    "1e60, 1e60",
    "-1e60, 0",
  })
  void geluOfKnownPoints(double x, double y) {
    assertThat(new Gelu(Gelu.CUBIC).forward(new double[] {x})[0])
        .isCloseTo(y, within(1e-15 * Math.max(1, Math.abs(y))));
  }

  /// Slope 1 far right, 0 far left, ½ at 0.
  @Test
  void geluSlopesAtTheEnds() {
    double[] slopes =
        new Gelu(Gelu.CUBIC).backward(new double[] {25, -25, 0}, new double[] {1, 1, 1});
    assertThat(slopes).containsExactly(1, 0, 0.5);
  }

  /// 1, 2, 3, 4 have mean 2.5 and variance (2.25 + 0.25) · 2 / 4 = 1.25; with ε = 1e-5 the entries
  /// are ±1.5 / √1.25001 and ±0.5 / √1.25001.
  @Test
  void layerNormByHand() {
    ParameterLayout layout = ParameterLayout.of(new GptConfig(1, 4, 1, 2, 1, true));
    double[] parameters = new double[layout.size()];
    double[] scale = {1, 2, 3, 4};
    double[] shift = {0.5, 0, 0, -1};
    System.arraycopy(scale, 0, parameters, layout.tensor("ln_f.weight").offset(), 4);
    System.arraycopy(shift, 0, parameters, layout.tensor("ln_f.bias").offset(), 4);
    double r = 1 / Math.sqrt(1.25001);
    assertThat(new LayerNorm(layout, "ln_f", 1e-5).forward(parameters, new double[] {1, 2, 3, 4}))
        .containsExactly(new double[] {0.5 - 1.5 * r, -r, 1.5 * r, 6 * r - 1}, within(1e-15));
  }

  /// D = 4, so scores are divided by 2: q_1 · k = (0, 2 ln 3) gives scores (0, ln 3), weights (¼,
  /// ¾) and the output ¼ · 4 + ¾ · 8 = 7; the first position sees itself alone, although its score
  /// for the second would be as large.
  @Test
  void attentionByHand() {
    Attention attention =
        new Attention(new GptConfig(1, 4, 1, 2, 2, true), new Arithmetic(Precision.FP64));
    double[] qkv = {
      2, 0, 0, 0, /* k */ 0, 5, 0, 0, /* v */ 4, 0, 0, 1, 2, 0, 0, 0, /* k */ LN3, 0, 5, 0, /* v */
      8, 0, 0, 1,
    };
    double[] p = attention.probabilities(qkv);
    assertThat(p).containsExactly(new double[] {1, 0, 0.25, 0.75}, within(1e-15));
    assertThat(attention.forward(qkv, p))
        .containsExactly(new double[] {4, 0, 0, 1, 7, 0, 0, 1}, within(1e-14));
  }

  /// `W = [[1, 2, 3]]`, `b = (10, 20, 30)`: −3 W + b = (7, 14, 21), 2 W + b = (12, 24, 36). For the
  /// gradient, dy = ((1, 0, 1), (0, 1, 0)) gives dx = dy Wᵀ = (4, 2) and dW = xᵀ dy = (−3, 2, −3).
  @Test
  void linearByHand() {
    ParameterLayout layout = ParameterLayout.of(new GptConfig(1, 1, 1, 2, 1, true));
    ParameterLayout.Tensor weight = layout.tensor("h.0.attn.c_attn.weight"); // [1][3]
    double[] parameters = new double[layout.size()];
    for (int o = 0; o < 3; o++) {
      parameters[weight.offset() + o] = o + 1;
      parameters[layout.tensor("h.0.attn.c_attn.bias").offset() + o] = 10 * (o + 1);
    }
    Linear linear = new Linear(layout, "h.0.attn.c_attn");
    assertThat(linear.forward(parameters, new double[] {-3, 2}))
        .containsExactly(7, 14, 21, 12, 24, 36);
    double[] gradient = new double[layout.size()];
    assertThat(
            linear.backward(
                parameters, gradient, new double[] {-3, 2}, new double[] {1, 0, 1, 0, 1, 0}))
        .containsExactly(4, 2);
    assertThat(Arrays.copyOfRange(gradient, weight.offset(), weight.offset() + 3))
        .containsExactly(-3, 2, -3);
  }

  /// ln(e^ln1 + e^ln2 + e^ln3) = ln 6, and nothing overflows at ±1000.
  @Test
  void logSumExpByHand() {
    double[] scores = {99, 0, Math.log(2), LN3, 99};
    assertThat(Softmax.logSumExp(scores, 1, 3)).isCloseTo(Math.log(6), within(1e-15));
    assertThat(Softmax.logSumExp(new double[] {1000, -1000}, 0, 2)).isEqualTo(1000);
  }

  /// The first step has m̂ = g and v̂ = g², so w moves by η (g / (|g| + ε) + λ w); with the same
  /// gradient again m̂ and v̂ stay.
  @Test
  void adamWByHand() {
    AdamW settings = new AdamW(0.9, 0.99, 0.25, 0.01);
    ModelState state = ModelState.initial(new double[] {1, -2});
    double[] w = state.parameters();
    double[] m = state.firstMoment();
    double[] v = state.secondMoment();
    double[] gradient = {0.5, -0.25};
    AdamWUpdate.apply(new OptimizerStep(1, 0.1, settings), gradient, state, 0, 2);
    double first = 1 - 0.1 * (0.5 / 0.75 + 0.01);
    double second = -2 - 0.1 * (-0.25 / 0.5 - 0.02);
    assertThat(w).containsExactly(new double[] {first, second}, within(1e-14));
    assertThat(m).containsExactly(new double[] {0.05, -0.025}, within(1e-16));
    assertThat(v).containsExactly(new double[] {0.0025, 0.000625}, within(1e-16));
    AdamWUpdate.apply(new OptimizerStep(2, 0.1, settings), gradient, state, 0, 2);
    assertThat(w)
        .containsExactly(
            new double[] {
              first - 0.1 * (0.5 / 0.75 + 0.01 * first),
              second - 0.1 * (-0.25 / 0.5 + 0.01 * second)
            },
            within(1e-13));
  }

  /// The rounds act on each singular value by itself: 3 and 4 become 0.6 and 0.8 at first, then `a
  /// s + b s³ + c s⁵` six times. A rotation before it is a rotation after it.
  @Test
  void muonByHand() {
    double turn = 0.7;
    double[][] d = {
      {3 * Math.cos(turn), -4 * Math.sin(turn)}, {3 * Math.sin(turn), 4 * Math.cos(turn)}, {0, 0}
    };
    double small = singularValueAfterMuon(0.6);
    double large = singularValueAfterMuon(0.8);
    double[][] expected = {
      {small * Math.cos(turn), -large * Math.sin(turn)},
      {small * Math.sin(turn), large * Math.cos(turn)},
      {0, 0}
    };
    double[][] orthogonal = MuonUpdate.orthogonal(d);
    for (int row = 0; row < 3; row++) {
      assertThat(orthogonal[row]).containsExactly(expected[row], within(1e-12));
    }
    assertThat(small).isBetween(0.6, 1.3);
    assertThat(MuonUpdate.orthogonal(new double[2][3])).isDeepEqualTo(new double[2][3]);
  }

  private static double singularValueAfterMuon(double s) {
    for (int round = 0; round < 6; round++) {
      s = 3.4445 * s - 4.7750 * s * s * s + 2.0315 * s * s * s * s * s;
    }
    return s;
  }

  /// `gpt2_golden.py`, beside the golden file, is a forward pass by NumPy.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void logitsAreThoseOfAnotherProgram(boolean tied) throws IOException {
    GptConfig config = new GptConfig(2, 12, 3, 19, 6, tied);
    ParameterLayout layout = ParameterLayout.of(config);
    double[] parameters = new double[layout.size()];
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        double shift = tensor.role() == ParameterLayout.Role.NORM_SCALE ? 1 : 0;
        parameters[i] = (7919L * i % 1009 - 504) / 1009.0 + shift;
      }
    }
    TrainableModel model = new ReferenceEngine().create(config, parameters);
    TokenBatch batch = TokenBatch.all(TokenDataset.of(19, 6, new int[] {3, 18, 0, 7, 7, 1}));
    double[] logits = model.logits(batch);
    InputStream golden =
        Objects.requireNonNull(KnownAnswersTest.class.getResourceAsStream("gpt2_golden.txt"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(golden, StandardCharsets.UTF_8))) {
      String title = tied ? "tied " : "untied ";
      String line = reader.readLine();
      while (!line.startsWith(title)) {
        line = reader.readLine();
      }
      assertThat(model.codeLengths(batch).bits(0))
          .isCloseTo(Double.parseDouble(line.substring(title.length())), within(1e-11));
      for (int t = 0; t < 6; t++) {
        double[] row =
            Arrays.stream(reader.readLine().split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertThat(Arrays.copyOfRange(logits, t * 19, (t + 1) * 19))
            .containsExactly(row, within(1e-12));
      }
    }
  }
}
