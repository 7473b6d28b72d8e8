package dev.mneme.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.Precision;
import dev.mneme.engine.TernaryWeights;
import dev.mneme.engine.TrainableModel;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.vector.kernel.VectorWidth;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Tensor;
import dev.mneme.model.quantization.Bfloat16;
import dev.mneme.random.Seed;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every precision of the fast engine against its definition, the reference.
///
/// A value on the border between two bfloat16 numbers may fall to either side in the two engines,
/// so single entries can differ by a whole step. What is tested is the norm of the difference: it
/// must be at most a fifth of what the precision itself changes, which an engine that leaves out
/// one of the roundings does not reach.
class PrecisionTest {
  private static final double SHARE = 0.2;
  private static final AdamW ADAMW = new AdamW(0.9, 0.99, 1e-3, 0.1);

  private static final List<GptConfig> CONFIGS =
      List.of(
          new GptConfig(1, 24, 3, 37, 7, false),
          new GptConfig(3, 24, 3, 131, 7, true),
          new GptConfig(2, 20, 5, 129, 9, true),
          new GptConfig(1, 32, 1, 2048, 33, true));

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (Precision precision : List.of(Precision.BF16, Precision.BF16_PURE, Precision.TERNARY)) {
      for (GptConfig config : CONFIGS) {
        for (VectorWidth width : List.of(VectorWidth.BITS_128, VectorWidth.BITS_512)) {
          cases.add(Arguments.of(precision, config, width));
        }
      }
    }
    return cases.stream();
  }

  private static TokenDataset data(GptConfig config) {
    return RandomTokens.generate(
        new Seed(3), "precision", config.vocabularySize(), config.contextLength(), 6);
  }

  private static TrainableModel model(Engine engine, GptConfig config) {
    double[] start = new Initialization(0.2, 0.15).draw(ParameterLayout.of(config), new Seed(4));
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) start[i];
    }
    return engine.create(config, start);
  }

  private static double distance(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  private static void assertNearItsDefinition(
      String what, double[] fast, double[] defined, double[] exact) {
    assertNearItsDefinition(what, SHARE, fast, defined, exact);
  }

  private static void assertNearItsDefinition(
      String what, double share, double[] fast, double[] defined, double[] exact) {
    double changed = distance(defined, exact);
    assertThat(changed).as("what the precision changes in %s", what).isPositive();
    assertThat(distance(fast, defined) / changed).as(what).isLessThan(share);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void logitsAndGradientsAreThoseOfTheDefinition(
      Precision precision, GptConfig config, VectorWidth width) {
    TrainableModel fast = model(new VectorEngine(width, precision), config);
    TrainableModel defined = model(new ReferenceEngine(precision), config);
    TrainableModel exact = model(new ReferenceEngine(), config);
    TokenBatch batch = new TokenBatch(data(config), new int[] {4, 1, 2});

    assertThat(fast.weights()).as("weights").isEqualTo(defined.weights());
    assertNearItsDefinition(
        "logits", fast.logits(batch), defined.logits(batch), exact.logits(batch));
    assertNearItsDefinition(
        "code lengths",
        codeLengths(fast, batch),
        codeLengths(defined, batch),
        codeLengths(exact, batch));
    double[] gradient = fast.gradient(batch).values();
    double[] definedGradient = defined.gradient(batch).values();
    double[] exactGradient = exact.gradient(batch).values();
    for (Tensor tensor : ParameterLayout.of(config).tensors()) {
      if (!tensor.name().endsWith("c_attn.bias")) { // its key part has no gradient but rounding
        assertNearItsDefinition(
            "gradient of " + tensor.name(),
            part(gradient, tensor),
            part(definedGradient, tensor),
            part(exactGradient, tensor));
      }
    }
  }

  private static double[] codeLengths(TrainableModel model, TokenBatch batch) {
    CodeLengths lengths = model.codeLengths(batch);
    return IntStream.range(0, batch.size()).mapToDouble(lengths::bits).toArray();
  }

  private static double[] part(double[] values, Tensor tensor) {
    return Arrays.copyOfRange(values, tensor.offset(), tensor.offset() + tensor.size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tenStepsLeadWhereThoseOfTheDefinitionLead(
      Precision precision, GptConfig config, VectorWidth width) {
    for (Optimizer optimizer : List.of(ADAMW, new Muon(0.9, 0.1, 3, ADAMW))) {
      double[] fast = trained(new VectorEngine(width, precision), config, optimizer);
      double[] defined = trained(new ReferenceEngine(precision), config, optimizer);
      double[] exact = trained(new ReferenceEngine(), config, optimizer);

      // Muon blows small directions up to full size, and with them what is rounded differently
      double share = optimizer instanceof Muon ? 2 * SHARE : SHARE;
      assertNearItsDefinition("weights after " + optimizer, share, fast, defined, exact);
    }
  }

  private static double[] trained(Engine engine, GptConfig config, Optimizer optimizer) {
    TrainableModel model = model(engine, config);
    for (int step = 1; step <= 10; step++) {
      TokenBatch batch = new TokenBatch(data(config), new int[] {step % 6, (step + 1) % 6});
      model.trainStep(batch, new OptimizerStep(step, 0.01 / step, optimizer));
    }
    return model.state().parameters();
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "BF16_PURE", "TERNARY"})
  void greedyCompletionHasTheBitsOfAPass(Precision precision) {
    GptConfig config = CONFIGS.get(1);
    TrainableModel model = model(new VectorEngine(precision), config);
    TokenDataset data = data(config);
    int length = config.contextLength();

    int[] completed = model.complete(TokenBatch.all(data), 2);

    for (int i = 0; i < data.count(); i++) {
      int[] tokens = Arrays.copyOf(data.sequence(i), length);
      System.arraycopy(completed, i * (length - 2), tokens, 2, length - 2);
      double[] logits =
          model.logits(TokenBatch.all(TokenDataset.of(config.vocabularySize(), length, tokens)));
      for (int t = 2; t < length; t++) {
        double[] row =
            Arrays.copyOfRange(
                logits, t * config.vocabularySize(), (t + 1) * config.vocabularySize());
        double most = Arrays.stream(row).max().orElseThrow();
        assertThat(row[tokens[t]]).isEqualTo(most);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "BF16_PURE", "TERNARY"})
  void trainingGoesOnFromItsStateToTheSameBits(Precision precision) {
    GptConfig config = CONFIGS.get(2);
    TrainableModel whole = model(new VectorEngine(precision), config);
    TokenBatch batch = TokenBatch.all(data(config));
    ModelState half = whole.state();
    for (int step = 1; step <= 6; step++) {
      whole.trainStep(batch, new OptimizerStep(step, 0.01, ADAMW));
      if (step == 3) {
        half = whole.state();
      }
    }
    TrainableModel resumed = new VectorEngine(precision).create(config, half.parameters());
    resumed.restore(half);
    for (int step = 4; step <= 6; step++) {
      resumed.trainStep(batch, new OptimizerStep(step, 0.01, ADAMW));
    }

    assertThat(resumed.state().parameters()).isEqualTo(whole.state().parameters());
    assertThat(resumed.codeLengths(batch).bits(0)).isEqualTo(whole.codeLengths(batch).bits(0));
  }

  @Test
  void weightsAreWhatTheirPrecisionCanHold() {
    GptConfig config = CONFIGS.get(0);
    TokenBatch batch = TokenBatch.all(data(config));
    for (Precision precision : List.of(Precision.BF16, Precision.BF16_PURE)) {
      TrainableModel model = model(new VectorEngine(precision), config);
      model.trainStep(batch, new OptimizerStep(1, 0.003, ADAMW));
      assertThat(Arrays.stream(model.weights()))
          .allMatch(weight -> Bfloat16.round(weight.floatValue()) == weight);
      boolean wide =
          Arrays.stream(model.state().parameters())
              .anyMatch(weight -> Bfloat16.round((float) weight) != weight);
      assertThat(wide).as("%s keeps wide weights", precision).isEqualTo(precision.hasMasters());
    }
    TrainableModel model = model(new VectorEngine(Precision.TERNARY), config);
    model.trainStep(batch, new OptimizerStep(1, 0.003, ADAMW));
    for (Tensor tensor : ParameterLayout.of(config).tensors()) {
      double[] weights = part(model.weights(), tensor);
      long levels = Arrays.stream(weights).map(Math::abs).distinct().count();
      if (TernaryWeights.applyTo(tensor)) {
        assertThat(levels).as(tensor.name()).isEqualTo(2); // 0 and the scale
      } else if (tensor.columns() > 0) {
        assertThat(levels).as(tensor.name()).isGreaterThan(10);
      }
    }
  }

  /// The same step with other noise ends elsewhere, and only where rounding is random.
  @Test
  void onlyRandomRoundingNeedsNoise() {
    GptConfig config = CONFIGS.get(0);
    TokenBatch batch = TokenBatch.all(data(config));
    for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.BF16_PURE)) {
      double[][] ends = new double[2][];
      for (int noise = 0; noise < 2; noise++) {
        TrainableModel model = model(new VectorEngine(precision), config);
        model.trainStep(batch, new OptimizerStep(1, 0.003, ADAMW, new Seed(noise)));
        ends[noise] = model.state().parameters();
      }
      assertThat(Arrays.equals(ends[0], ends[1]))
          .as(precision.toString())
          .isEqualTo(precision != Precision.BF16_PURE);
    }
  }
}
