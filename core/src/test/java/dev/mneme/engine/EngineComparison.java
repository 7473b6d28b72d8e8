package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.ParameterLayout;
import dev.mneme.unit.CodeLengths;

/// Compares what two engines compute on one case; throws `AssertionError` where they differ by more
/// than the tolerances, or where a value is not a number.
final class EngineComparison {
  private final ContractCase example;
  private final Tolerances tolerances;
  private final Engine tested;
  private final Engine reference;

  EngineComparison(ContractCase example, Tolerances tolerances, Engine tested, Engine reference) {
    this.example = example;
    this.tolerances = tolerances.of(example);
    this.tested = tested;
    this.reference = reference;
  }

  void logits() {
    TokenBatch batch = example.tokens();
    double[] expected = model(reference).logits(batch);
    double[] actual = model(tested).logits(batch);
    assertThat(actual)
        .hasSameSizeAs(expected)
        .hasSize(example.batch() * example.sequenceLength() * example.config().vocabularySize());
    assertThat(largestDifference(actual, expected, 0, expected.length))
        .as("relative difference of logits, %s", example)
        .isLessThanOrEqualTo(tolerances.logits());
  }

  void codeLengths() {
    TokenBatch batch = example.tokens();
    CodeLengths expected = model(reference).codeLengths(batch);
    CodeLengths actual = model(tested).codeLengths(batch);
    assertThat(actual.count()).isEqualTo(expected.count()).isEqualTo(example.batch());
    for (int b = 0; b < expected.count(); b++) {
      assertCodeLength("sequence " + b, actual.bits(b), expected.bits(b), 1);
    }
  }

  void gradient() {
    TokenBatch batch = example.tokens();
    Gradient expected = model(reference).gradient(batch);
    Gradient actual = model(tested).gradient(batch);
    assertCodeLength(
        "batch", actual.codeLength().value(), expected.codeLength().value(), example.batch());
    assertGradient(actual.values(), expected.values());
  }

  /// Per tensor, and per query, key and value part of `c_attn.weight`: norm and largest entry.
  void assertGradient(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (ParameterLayout.Tensor tensor : example.layout().tensors()) {
      double[] a = part(tensor, actual, 0, 1);
      double[] b = part(tensor, expected, 0, 1);
      assertTensor(tensor.name(), a, b, 0);
      if (tensor.name().endsWith("c_attn.weight")) {
        for (int third = 0; third < 3; third++) {
          assertTensor(
              tensor.name() + "[" + "qkv".charAt(third) + "]",
              part(tensor, actual, third, 3),
              part(tensor, expected, third, 3),
              1e-2 * norm(b));
        }
      }
    }
  }

  private void assertTensor(String name, double[] actual, double[] expected, double leastNorm) {
    double norm = Math.max(norm(expected), leastNorm);
    assertThat(norm).as("the gradient of %s is zero: nothing would be tested", name).isPositive();
    assertThat(norm(difference(actual, expected)) / norm)
        .as("relative norm of the difference of the gradient of %s, %s", name, example)
        .isLessThanOrEqualTo(tolerances.gradientNorm());
    if (leastNorm == 0) {
      assertThat(largestDifference(actual, expected, 0, expected.length))
          .as("relative difference of an entry of the gradient of %s, %s", name, example)
          .isLessThanOrEqualTo(tolerances.gradientEntry());
    }
  }

  /// AdamW as [#training] tries it. ε is large enough here that an entry without a gradient (the
  /// key bias: soft-max does not feel it) is not driven by rounding alone.
  static final AdamW ADAMW = new AdamW(0.9, 0.99, 1e-3, 0.1);

  static final Muon MUON = new Muon(0.9, 0.1, 3, ADAMW);

  /// Ten AdamW steps over changing batches.
  void training() {
    training(ADAMW);
  }

  /// Ten steps of Muon, whose matrices have no second moment.
  void trainingWithMuon() {
    training(MUON);
  }

  private void training(Optimizer optimizer) {
    TrainableModel expected = model(reference);
    TrainableModel actual = model(tested);
    for (int number = 1; number <= 10; number++) {
      TokenBatch batch = new TokenBatch(example.data(), indices(number));
      OptimizerStep step = new OptimizerStep(number, 0.01 / number, optimizer);
      assertCodeLength(
          "step " + number,
          actual.trainStep(batch, step).value(),
          expected.trainStep(batch, step).value(),
          example.batch());
    }
    ModelState a = actual.state();
    ModelState b = expected.state();
    double[] start = example.parameters();
    for (ParameterLayout.Tensor tensor : example.layout().tensors()) {
      assertTrained(
          tensor, "change", difference(a.parameters(), start), difference(b.parameters(), start));
      assertTrained(tensor, "first moment", a.firstMoment(), b.firstMoment());
      assertTrained(tensor, "second moment", a.secondMoment(), b.secondMoment());
    }
  }

  private void assertTrained(
      ParameterLayout.Tensor tensor, String what, double[] actual, double[] expected) {
    double[] a = part(tensor, actual, 0, 1);
    double[] b = part(tensor, expected, 0, 1);
    if (norm(b) == 0) {
      assertThat(norm(a))
          .as("the %s of %s after ten steps, %s", what, tensor.name(), example)
          .isZero();
      return;
    }
    assertThat(norm(difference(a, b)) / norm(b))
        .as(
            "relative norm of the difference of the %s of %s after ten steps, %s",
            what, tensor.name(), example)
        .isLessThanOrEqualTo(tolerances.training());
  }

  private int[] indices(int number) {
    int[] indices = new int[example.batch()];
    for (int b = 0; b < indices.length; b++) {
      indices[b] = (number + 2 * b) % example.data().count();
    }
    return indices;
  }

  private TrainableModel model(Engine engine) {
    return engine.create(example.config(), example.parameters());
  }

  private void assertCodeLength(String what, double actual, double expected, int sequences) {
    double scale = Math.max(expected, (double) sequences * example.sequenceLength());
    assertThat(Math.abs(actual - expected) / scale)
        .as(
            "relative difference of the code length of %s: %s instead of %s, %s",
            what, actual, expected, example)
        .isLessThanOrEqualTo(tolerances.codeLength());
  }

  /// Columns `[index, index + 1) · columns / parts` of a matrix, or all of a tensor where parts is
  /// 1.
  private static double[] part(
      ParameterLayout.Tensor tensor, double[] values, int index, int parts) {
    int columns = Math.max(1, tensor.columns());
    int width = columns / parts;
    double[] part = new double[tensor.rows() * width];
    for (int row = 0; row < tensor.rows(); row++) {
      System.arraycopy(
          values, tensor.offset() + row * columns + index * width, part, row * width, width);
    }
    return part;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /// NaN where any value is, which no `isLessThanOrEqualTo` accepts.
  private static double largestDifference(double[] actual, double[] expected, int from, int to) {
    double difference = 0;
    double largest = 0;
    for (int i = from; i < to; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }
}
