package dev.mneme.engine;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// A model that one thread trains and scores. Sequences may be shorter than the context length,
/// never longer; tokens must lie in the model's vocabulary (otherwise `IllegalArgumentException`).
public interface TrainableModel extends AutoCloseable {
  GptConfig config();

  /// Does one optimizer step on the mean code length per position of the batch.
  ///
  /// @return the code length of the whole batch before the step
  /// @throws NonFiniteException where the code length or the gradient is not finite; the model is
  ///   then of no further use
  Bits trainStep(TokenBatch batch, AdamWStep step);

  /// The gradient, without a step.
  Gradient gradient(TokenBatch batch);

  /// The code length of every sequence in the order of the batch; soft-max and sum in double
  /// precision over the logits of the engine.
  ///
  /// @throws NonFiniteException where a logit is not finite
  CodeLengths codeLengths(TokenBatch batch);

  /// Logits of every position, shape `[batch][sequenceLength][vocabularySize]` laid flat. Row `t`
  /// depends on tokens before `t` alone, bit for bit, whatever the later tokens and the rest of the
  /// batch.
  double[] logits(TokenBatch batch);

  /// A copy of parameters and moments.
  ModelState state();

  /// Replaces parameters and moments.
  ///
  /// @throws IllegalArgumentException where the state does not fit the configuration
  void restore(ModelState state);

  @Override
  default void close() {}
}
