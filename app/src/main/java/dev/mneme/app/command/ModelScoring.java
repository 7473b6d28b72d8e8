package dev.mneme.app.command;

import dev.mneme.app.config.UsageException;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.training.ModelFolder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What can go wrong when a saved model is scored on the random tokens of its trial, in words.
final class ModelScoring {
  private ModelScoring() {}

  /// Tokens take four bytes, twice while they are drawn; half the memory is for everything else.
  ///
  /// @param sequences of the trial
  static Optional<Problem> tooMany(ModelFolder model, int sequences) {
    long tokens = Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16);
    long most = tokens / model.weights().config().contextLength();
    return sequences <= most
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "--sequences",
                String.valueOf(sequences),
                "at most " + most + " in the memory that Java has",
                "Give the size of the trial, or more memory: MNEME_JAVA_OPTS=-Xmx8g."));
  }

  /// Scores, or says what stands in the way.
  static <T> T scored(int sequences, Supplier<T> scoring) {
    try {
      return scoring.get();
    } catch (NonFiniteException e) {
      throw new UsageException(
          "model",
          String.valueOf(e.getMessage()),
          "finite logits",
          "The weights are finite but too large for single precision.");
    } catch (OutOfMemoryError e) {
      throw new UsageException(List.of(memory("--sequences", String.valueOf(sequences))));
    }
  }

  static Problem memory(String field, String given) {
    return new Problem(
        field,
        given,
        "what fits into the memory that Java has",
        "Give more memory: MNEME_JAVA_OPTS=-Xmx8g.");
  }
}
