package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Engine;
import dev.mneme.engine.EngineFailureException;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.ForwardingModel;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.TrialListener;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.LearningRateSchedule.Decay;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/// What goes wrong in one trial is that trial's failure, and the experiment goes on.
class FailureTest {
  private static final TorchEngine ENGINE = new TorchEngine(TorchDevice.CPU);
  private static final NativeCalls CALLS = new NativeCalls(TorchDevice.CPU);

  @Test
  void libtorchsOwnWordsForNoMemoryAreUnderstood() {
    assertThatExceptionOfType(EngineFailureException.class)
        .isThrownBy(() -> CALLS.run(FailureTest::allocateTooMuch))
        .withMessageStartingWith("out of memory on cpu; run fewer trials at a time")
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
  }

  /// There is no card here to lose: the texts are those of libtorch's sources.
  @Test
  void lostDevicesAreNamed() {
    NativeCalls calls = new NativeCalls(new TorchDevice(TorchDevice.Kind.CUDA, 1));
    assertThatExceptionOfType(EngineFailureException.class)
        .isThrownBy(() -> calls.run(() -> fail("CUDA error: unspecified launch failure\nmore")))
        .withMessage(
            "cuda:1 can no longer be used; see nvidia-smi, and run again (libtorch: CUDA error:"
                + " unspecified launch failure)");
    assertThatExceptionOfType(EngineFailureException.class)
        .isThrownBy(() -> calls.run(() -> fail("CUDA out of memory. Tried to allocate 2.00 GiB.")))
        .withMessageStartingWith("out of memory on cuda:1");
  }

  @Test
  void ourOwnExceptionsPass() {
    assertThatExceptionOfType(NonFiniteException.class)
        .isThrownBy(() ->
            CALLS.run(() -> {
              throw new NonFiniteException("x");
            }));
  }

  private static void fail(String message) {
    throw new RuntimeException(message);
  }

  private static void allocateTooMuch() {
    try (Tensor tensor = torch.zeros(1L << 55)) {
      assertThat(tensor.numel()).as("nobody has so much memory").isZero();
    }
  }

  @Test
  void experimentsGoOnAfterEveryKindOfFailure() {
    List<TrialSpecification> trials =
        List.of(trial(1, 0.01), trial(2, 0.01), trial(3, 1e30), trial(4, 0.01));
    List<TrialResult> results;
    try (LocalExecutor executor =
        new LocalExecutor(TrialRunner.on(new FailsForOneModel(trials.get(1).model())), 2)) {
      results = executor.run(trials, new TrialListener() {}, () -> false);
    }
    assertThat(results.get(0)).isInstanceOf(TrialResult.Finished.class);
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            TrialResult.Failed.class,
            failed -> assertThat(failed.reason()).startsWith("out of memory on cpu"));
    assertThat(results.get(2)).isInstanceOf(TrialResult.Diverged.class);
    assertThat(results.get(3)).isInstanceOf(TrialResult.Finished.class);
  }

  /// Trials of different widths, so that they are told apart.
  private static TrialSpecification trial(int number, double rate) {
    return new TrialSpecification(
        GptConfig.of(1, 4 * number, 16, 4),
        10,
        new TrainingPlan(
            20,
            8,
            new LearningRateSchedule(rate, 0, 0.5, Decay.LINEAR),
            new AdamW(0.9, 0.99, 1e-8, 0),
            new Initialization(0.1, 0.1),
            1),
        1);
  }

  /// The engine, but where it trains one of the models, libtorch is asked for more memory than
  /// there is.
  private record FailsForOneModel(GptConfig unlucky) implements Engine {
    @Override
    public EngineIdentity identity() {
      return ENGINE.identity();
    }

    @Override
    public TrainableModel create(GptConfig config, double[] parameters) {
      TrainableModel model = ENGINE.create(config, parameters);
      return config.equals(unlucky) ? new Failing(model) : model;
    }
  }

  private static final class Failing extends ForwardingModel {
    Failing(TrainableModel model) {
      super(model);
    }

    @Override
    public Bits trainStep(TokenBatch batch, OptimizerStep step) {
      if (step.number() == 5) {
        CALLS.run(FailureTest::allocateTooMuch);
      }
      return super.trainStep(batch, step);
    }
  }
}
