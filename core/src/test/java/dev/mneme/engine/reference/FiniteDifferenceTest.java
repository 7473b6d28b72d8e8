package dev.mneme.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.ParameterLayout.Role;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every gradient against central differences of the code length, `f′(w) ≈ (8 (f(w+h) − f(w−h)) −
/// (f(w+2h) − f(w−2h))) / 12h`, whose error is O(h⁴).
class FiniteDifferenceTest {
  private static final Seed SEED = new Seed(11);

  /// Tensors of at most so many entries are tried in full.
  private static final int WHOLE = 100;

  /// Entries tried in each larger tensor.
  private static final int SAMPLES = 24;

  /// Of the gradient's entry, or of a hundredth of the tensor's largest entry where that is more.
  private static final double RELATIVE_TOLERANCE = 1e-7;

  record Shape(GptConfig config, int sequenceLength, int batch) {}

  static List<Shape> shapes() {
    return List.of(
        new Shape(new GptConfig(1, 4, 2, 5, 3, true), 3, 2),
        new Shape(new GptConfig(1, 4, 2, 5, 3, false), 3, 2),
        new Shape(new GptConfig(2, 6, 3, 7, 5, true), 4, 3),
        new Shape(new GptConfig(1, 24, 3, 37, 7, true), 7, 1),
        new Shape(new GptConfig(3, 24, 3, 37, 7, false), 7, 2),
        new Shape(new GptConfig(1, 5, 1, 11, 2, true), 1, 3),
        new Shape(new GptConfig(2, 5, 5, 131, 3, true), 3, 1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsAreTheSlopesOfTheCodeLength(Shape shape) {
    ParameterLayout layout = ParameterLayout.of(shape.config());
    double[] parameters = parameters(layout);
    TokenDataset data =
        RandomTokens.generate(
            SEED,
            "finite differences",
            shape.config().vocabularySize(),
            shape.sequenceLength(),
            shape.batch());
    TokenBatch batch = TokenBatch.all(data);
    TrainableModel model = new ReferenceEngine().create(shape.config(), parameters);
    double[] gradient = model.gradient(batch).values();
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      double largest = 0;
      for (int i = 0; i < tensor.size(); i++) {
        largest = Math.max(largest, Math.abs(gradient[tensor.offset() + i]));
      }
      assertThat(largest).as("largest slope of %s", tensor.name()).isPositive();
      for (int entry : entries(tensor)) {
        double slope = slope(model, parameters, entry, batch);
        double scale = Math.max(Math.abs(gradient[entry]), 1e-2 * largest);
        assertThat(Math.abs(slope - gradient[entry]) / scale)
            .as(
                "%s, entry %d: gradient %s, slope %s",
                tensor.name(), entry - tensor.offset(), gradient[entry], slope)
            .isLessThanOrEqualTo(RELATIVE_TOLERANCE);
      }
    }
  }

  private static double slope(
      TrainableModel model, double[] parameters, int entry, TokenBatch batch) {
    double h = 1e-3 * Math.max(1, Math.abs(parameters[entry]));
    double near =
        meanNats(model, parameters, entry, h, batch)
            - meanNats(model, parameters, entry, -h, batch);
    double far =
        meanNats(model, parameters, entry, 2 * h, batch)
            - meanNats(model, parameters, entry, -2 * h, batch);
    return (8 * near - far) / (12 * h);
  }

  private static double meanNats(
      TrainableModel model, double[] parameters, int entry, double change, TokenBatch batch) {
    double[] changed = parameters.clone();
    changed[entry] += change;
    model.restore(ModelState.initial(changed));
    return model.codeLengths(batch).total().value() / Bits.PER_NAT / batch.positions();
  }

  private static int[] entries(ParameterLayout.Tensor tensor) {
    if (tensor.size() <= WHOLE) {
      return IntStream.range(tensor.offset(), tensor.offset() + tensor.size()).toArray();
    }
    int[] order = SEED.derive(tensor.name(), 1).stream().permutation(tensor.size());
    return IntStream.range(0, SAMPLES).map(i -> tensor.offset() + order[i]).toArray();
  }

  private static double[] parameters(ParameterLayout layout) {
    RandomStream stream = SEED.derive("parameters", layout.size()).stream();
    double[] values = new double[layout.size()];
    for (ParameterLayout.Tensor tensor : layout.tensors()) {
      for (int i = 0; i < tensor.size(); i++) {
        values[tensor.offset() + i] =
            0.4 * stream.nextGaussian() + (tensor.role() == Role.NORM_SCALE ? 1 : 0);
      }
    }
    return values;
  }
}
