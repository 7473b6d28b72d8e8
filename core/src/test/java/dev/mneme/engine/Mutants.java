package dev.mneme.engine;

import dev.mneme.data.TokenBatch;
import dev.mneme.model.GptConfig;
import dev.mneme.model.ParameterLayout;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Engines that are slightly wrong, made from a right one. A contract whose tolerances let one of
/// them pass would be no contract.
final class Mutants {
  private Mutants() {}

  /// Reads other parameters than it was given, as an engine does that leaves a term out.
  static Engine parameters(Engine engine, BiFunction<ParameterLayout, double[], double[]> change) {
    return wrap(
        engine,
        (config, given) ->
            engine.create(config, change.apply(ParameterLayout.of(config), given.clone())));
  }

  /// Takes a tensor for zero.
  static Engine without(Engine engine, String tensor) {
    return parameters(
        engine,
        (layout, values) -> {
          ParameterLayout.Tensor missing = layout.tensor(tensor);
          for (int i = 0; i < missing.size(); i++) {
            values[missing.offset() + i] = 0;
          }
          return values;
        });
  }

  /// Multiplies the queries, columns `[0, C)` of `c_attn`, by √D, which undoes the scale of the
  /// scores.
  static Engine withoutScoreScale(Engine engine) {
    return parameters(
        engine,
        (layout, values) -> {
          GptConfig config = layout.config();
          for (int layer = 0; layer < config.layers(); layer++) {
            for (String name : new String[] {".attn.c_attn.weight", ".attn.c_attn.bias"}) {
              ParameterLayout.Tensor tensor = layout.tensor("h." + layer + name);
              for (int i = 0; i < tensor.size(); i++) {
                if (i % (3 * config.width()) < config.width()) {
                  values[tensor.offset() + i] *= Math.sqrt(config.headWidth());
                }
              }
            }
          }
          return values;
        });
  }

  static Engine gradient(Engine engine, UnaryOperator<double[]> change) {
    return wrap(
        engine,
        (config, given) ->
            new ForwardingModel(engine.create(config, given)) {
              @Override
              public Gradient gradient(TokenBatch batch) {
                Gradient right = super.gradient(batch);
                return new Gradient(right.codeLength(), change.apply(right.values().clone()));
              }
            });
  }

  static Engine logits(Engine engine, UnaryOperator<double[]> change) {
    return wrap(
        engine,
        (config, given) ->
            new ForwardingModel(engine.create(config, given)) {
              @Override
              public double[] logits(TokenBatch batch) {
                return change.apply(super.logits(batch));
              }
            });
  }

  static Engine codeLengths(Engine engine, UnaryOperator<double[]> change) {
    return wrap(
        engine,
        (config, given) ->
            new ForwardingModel(engine.create(config, given)) {
              @Override
              public CodeLengths codeLengths(TokenBatch batch) {
                return CodeLengths.ofBits(change.apply(super.codeLengths(batch).toArray()));
              }
            });
  }

  static Engine steps(Engine engine, UnaryOperator<OptimizerStep> change) {
    return wrap(
        engine,
        (config, given) ->
            new ForwardingModel(engine.create(config, given)) {
              @Override
              public Bits trainStep(TokenBatch batch, OptimizerStep step) {
                return super.trainStep(batch, change.apply(step));
              }
            });
  }

  private static Engine wrap(
      Engine engine, BiFunction<GptConfig, double[], TrainableModel> create) {
    return new Engine() {
      @Override
      public EngineIdentity identity() {
        return engine.identity();
      }

      @Override
      public TrainableModel create(GptConfig config, double[] parameters) {
        return create.apply(config, parameters);
      }
    };
  }
}
