package dev.mneme.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Tensor;
import dev.mneme.model.checkpoint.ModelWeights;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoundingTest {
  private static final GptConfig CONFIG = new GptConfig(1, 8, 2, 5, 3, true);
  private static final ParameterLayout LAYOUT = ParameterLayout.of(CONFIG);

  private static ModelWeights model() {
    double[] parameters = new Initialization(0.1, 0.2).draw(LAYOUT, new Seed(3));
    RandomStream noise = new Seed(3).derive("noise", 0).stream();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (parameters[i] + 0.05 * (noise.nextInt(2001) - 1000) / 1000.0);
    }
    return new ModelWeights(CONFIG, parameters);
  }

  /// By hand: a significand of 8 bits, so steps of 2⁻⁷ between 1 and 2, ties to the even one.
  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0",
    "1.00390625, 1.0",
    "1.01171875, 1.015625",
    "1.0040, 1.0078125",
    "-3.1415927, -3.140625",
    "0.0, 0.0"
  })
  void bfloat16IsTheNearestOne(float value, float expected) {
    assertThat(Bfloat16.round(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(
      value = WeightFormat.class,
      names = {"INT8", "INT6", "INT4", "INT3", "INT2", "TERNARY"})
  void everyOutputUnitHasFewLevelsOfOneScale(WeightFormat format) {
    double[] rounded = Rounding.round(model(), format).weights().parameters();
    int most = format.highest() - format.lowest() + 1;
    for (List<Double> unit : units(rounded)) {
      Set<Double> levels = new TreeSet<>(unit);
      assertThat(levels.size()).isLessThanOrEqualTo(most);
      double[] sizes = levels.stream().mapToDouble(Math::abs).filter(size -> size > 0).toArray();
      double smallest = Arrays.stream(sizes).min().orElse(1);
      boolean found = false; // the scale is the smallest level over a whole number
      for (int divisor = 1; divisor <= 128 && !found; divisor++) {
        double scale = smallest / divisor;
        found = Arrays.stream(sizes).allMatch(size -> isWhole(size / scale));
      }
      assertThat(found).as("%s are multiples of one scale", levels).isTrue();
    }
  }

  private static boolean isWhole(double value) {
    return Math.abs(value - Math.rint(value)) < 1e-9 && Math.rint(value) <= 128;
  }

  /// Weights of each output unit of all matrices: rows of embeddings, columns of the others.
  private static List<List<Double>> units(double[] parameters) {
    return LAYOUT.tensors().stream()
        .filter(tensor -> tensor.columns() > 0)
        .flatMap(tensor -> unitsOf(tensor, parameters).stream())
        .toList();
  }

  private static List<List<Double>> unitsOf(Tensor tensor, double[] parameters) {
    boolean byRow = tensor.name().startsWith("w");
    int units = byRow ? tensor.rows() : tensor.columns();
    int length = byRow ? tensor.columns() : tensor.rows();
    Double[][] weights = new Double[units][length];
    for (int unit = 0; unit < units; unit++) {
      for (int i = 0; i < length; i++) {
        int row = byRow ? unit : i;
        int column = byRow ? i : unit;
        weights[unit][i] = parameters[tensor.offset() + row * tensor.columns() + column];
      }
    }
    return Arrays.stream(weights).map(List::of).toList();
  }

  @Test
  void moreBitsLoseLess() {
    double before = 0;
    for (WeightFormat format :
        List.of(
            WeightFormat.FP32,
            WeightFormat.BF16,
            WeightFormat.INT8,
            WeightFormat.INT6,
            WeightFormat.INT4,
            WeightFormat.INT3,
            WeightFormat.INT2)) {
      double error = squaredError(format);
      if (format == WeightFormat.FP32) {
        assertThat(error).isZero();
      } else {
        assertThat(error).as("%s", format).isGreaterThan(before);
      }
      before = error;
    }
  }

  private static double squaredError(WeightFormat format) {
    double[] original = model().parameters();
    double[] rounded = Rounding.round(model(), format).weights().parameters();
    double error = 0;
    for (int i = 0; i < original.length; i++) {
      error += (original[i] - rounded[i]) * (original[i] - rounded[i]);
    }
    return error;
  }

  /// What is on the levels already stays: the best scale is the true one.
  @Test
  void ternaryWeightsSurviveTernaryRounding() {
    ModelWeights model = model();
    double[] parameters = model.parameters();
    for (Tensor tensor : LAYOUT.tensors()) {
      if (tensor.columns() > 0) {
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          parameters[i] = 0.375 * (i % 3 - 1);
        }
      }
    }
    double[] rounded = Rounding.round(model, WeightFormat.TERNARY).weights().parameters();
    for (Tensor tensor : LAYOUT.tensors()) {
      if (tensor.columns() > 0) {
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          assertThat(rounded[i]).isEqualTo(parameters[i]);
        }
      }
    }
  }

  @Test
  void biasesAndNormsKeepSinglePrecision() {
    double[] original = model().parameters();
    double[] rounded = Rounding.round(model(), WeightFormat.INT2).weights().parameters();
    for (Tensor tensor : LAYOUT.tensors()) {
      if (tensor.columns() == 0 && !tensor.name().startsWith("bos")) {
        for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
          assertThat(rounded[i]).as(tensor.name()).isEqualTo(original[i]);
        }
      }
    }
  }

  /// Counted by hand for d 8, V 5, S 3, 1 layer: matrices have 8·(5 + 3) + 8·24 + 8·8 + 8·32 + 32·8
  /// = 832 weights and 5 + 3 + 24 + 8 + 32 + 8 = 80 output units; vectors 24 + 8 + 32 + 8 biases
  /// and 3·16 norms = 120. The BOS row is not counted.
  @Test
  void storedBitsCountScalesAndVectors() {
    assertThat(stored(WeightFormat.FP32)).isEqualTo(32.0 * 952);
    assertThat(stored(WeightFormat.BF16)).isEqualTo(16.0 * 952);
    assertThat(stored(WeightFormat.INT4)).isEqualTo(4.0 * 832 + 16 * 80 + 32 * 120);
    assertThat(stored(WeightFormat.TERNARY))
        .isCloseTo(1.584962500721156 * 832 + 16 * 80 + 32 * 120, within(1e-9));
  }

  private static double stored(WeightFormat format) {
    return Rounding.round(model(), format).stored().value();
  }
}
