package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.BatchChecks;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.unit.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Models of one shape that take their steps together, each on data of its own: one program whose
/// products are batched over the models. A graphics card that one small model leaves idle is kept
/// busy by many.
///
/// Each model computes what it would compute alone, but for rounding.
public final class TorchModels implements AutoCloseable {
  private final GptConfig config;
  private final NativeCalls calls;
  private final Parameters parameters;
  private final Training training;

  /// Loads libtorch.
  ///
  /// @param initial the parameters of each model, in the order of [ParameterLayout]
  public TorchModels(GptConfig config, TorchDevice device, List<double[]> initial) {
    Libtorch.require(device);
    this.config = config;
    this.calls = new NativeCalls(device);
    ParameterLayout layout = ParameterLayout.of(config);
    Transfer transfer = new Transfer(device);
    this.parameters = calls.run(() -> new Parameters(layout, initial.size(), transfer));
    this.training =
        new Training(
            new Network(parameters),
            parameters,
            transfer,
            Portions.of(config, device).sharedBy(initial.size()));
    for (int model = 0; model < initial.size(); model++) {
      restore(model, ModelState.initial(initial.get(model)));
    }
  }

  /// One step of every model.
  ///
  /// @param batches one for each model, all of one size and sequence length
  /// @return each batch's code length before the step; empty where it or the gradient was not
  ///   finite, which is of no consequence for the other models
  public List<Optional<Bits>> trainStep(List<TokenBatch> batches, OptimizerStep step) {
    TokenBatch first = batches.getFirst();
    if (batches.size() != parameters.models()
        || batches.stream()
            .anyMatch(batch ->
                batch.size() != first.size()
                    || batch.data().sequenceLength() != first.data().sequenceLength())) {
      throw new IllegalArgumentException(
          parameters.models() + " models need as many batches of one size and length");
    }
    batches.forEach(batch -> BatchChecks.requireFitting(batch, config));
    return calls.run(() -> {
      double[] nats = training.accumulateGradients(batches);
      Updates.apply(step, parameters);
      List<Optional<Bits>> lengths = new ArrayList<>();
      for (double one : nats) {
        lengths.add(Double.isFinite(one) ? Optional.of(Bits.ofNats(one)) : Optional.empty());
      }
      return lengths;
    });
  }

  /// A copy of one model's parameters and moments.
  public ModelState state(int model) {
    return calls.run(() -> parameters.state(model));
  }

  /// Replaces one model's parameters and moments.
  public void restore(int model, ModelState state) {
    int size = parameters.layout().size();
    if (state.parameters().length != size) {
      throw new IllegalArgumentException(
          "a model has " + size + " parameters, but was given " + state.parameters().length);
    }
    calls.run(() -> parameters.restore(model, state));
  }

  @Override
  public void close() {
    parameters.close();
  }
}
