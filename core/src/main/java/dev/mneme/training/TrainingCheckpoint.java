package dev.mneme.training;

import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.ModelState;
import dev.mneme.model.GptConfig;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;

/// Training, stopped after a step: all that is needed to go on to the very bits that it would have
/// reached without the stop. The order of the data follows from seed and step.
///
/// @param config the model's shape
/// @param plan how it is trained
/// @param seed sets initialization and order
/// @param dataHash [dev.mneme.data.TokenDataset#contentHash] of the training set
/// @param engine whose arithmetic
/// @param step steps done, 0 to `plan.steps()`
/// @param state weights and moments after that step
public record TrainingCheckpoint(
    GptConfig config,
    TrainingPlan plan,
    Seed seed,
    String dataHash,
    EngineIdentity engine,
    long step,
    ModelState state) {
  public TrainingCheckpoint {
    if (step < 0 || step > plan.steps()) {
      throw new IllegalArgumentException(
          "a checkpoint lies between step 0 and " + plan.steps() + ", but was at " + step);
    }
    int size = ParameterLayout.of(config).size();
    if (state.parameters().length != size) {
      throw new IllegalArgumentException(
          "the model has " + size + " values, but the state " + state.parameters().length);
    }
  }

  /// Makes sure that going on with this engine and task gives the bits of an unbroken run.
  ///
  /// @throws InvalidConfigurationException naming everything that differs
  public void requireMatch(EngineIdentity otherEngine, TrainingTask task) {
    List<Problem> problems = differences(otherEngine, task);
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }

  /// Whether [#requireMatch] would find no difference.
  public boolean matches(EngineIdentity otherEngine, TrainingTask task) {
    return differences(otherEngine, task).isEmpty();
  }

  private List<Problem> differences(EngineIdentity otherEngine, TrainingTask task) {
    List<Problem> problems = new ArrayList<>();
    differ(problems, "engine", otherEngine, engine, "Go on with the engine that began.");
    differ(problems, "model", task.config(), config, "Give the model's original shape.");
    differ(problems, "training plan", task.plan(), plan, "Give the original plan.");
    differ(problems, "seed", task.seed(), seed, "Give the original seed.");
    differ(
        problems,
        "training data (SHA-256)",
        task.data().contentHash(),
        dataHash,
        "Give the data that training began with.");
    return problems;
  }

  private static void differ(
      List<Problem> problems, String field, Object given, Object stored, String hint) {
    if (!given.equals(stored)) {
      problems.add(new Problem(field, given.toString(), stored + " as in the checkpoint", hint));
    }
  }
}
