package dev.mneme.engine;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;

/// A model that one thread trains and scores. Sequences may be shorter than the context length,
/// never longer; tokens must lie in the model's vocabulary (otherwise `IllegalArgumentException`).
///
/// Every call may throw [EngineFailureException]; the model is then of no further use.
public interface TrainableModel extends AutoCloseable {
  GptConfig config();

  /// Does one optimizer step on the mean code length per position of the batch.
  ///
  /// @return the code length of the whole batch before the step
  /// @throws NonFiniteException where the code length or the gradient is not finite; the model is
  ///   then of no further use
  Bits trainStep(TokenBatch batch, OptimizerStep step);

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

  /// Greedy continuation: from each sequence's first `prefix` tokens (0 = from BOS alone) the most
  /// likely next tokens up to the batch's sequence length. A token is the one with the largest of
  /// the engine's logits; ties go to the smaller identifier. Tokens of the batch from `prefix` on
  /// have no influence, but must lie in the vocabulary like all others.
  ///
  /// @param prefix tokens given, 0 to `sequenceLength - 1`
  /// @return shape `[batch][sequenceLength - prefix]` laid flat, in batch order
  /// @throws IllegalArgumentException where there is no such prefix
  /// @throws NonFiniteException where a logit is not finite
  int[] complete(TokenBatch batch, int prefix);

  /// A copy of parameters and moments, as the optimizer keeps them.
  ModelState state();

  /// A copy of the weights that compute: those that are scored and worth storing. They differ from
  /// those of [#state] where [Precision#hasMasters].
  default double[] weights() {
    return state().parameters();
  }

  /// Replaces parameters and moments.
  ///
  /// @throws IllegalArgumentException where the state does not fit the configuration
  void restore(ModelState state);

  @Override
  default void close() {}
}
