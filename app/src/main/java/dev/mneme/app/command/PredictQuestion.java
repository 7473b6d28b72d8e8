package dev.mneme.app.command;

import dev.mneme.law.DataSize;
import dev.mneme.law.PredictionJson;
import dev.mneme.law.Predictor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What `mneme predict` was asked, with everything looked up and checked.
///
/// @param predictor laws and the shape of samples
/// @param parameters of the one model; empty where none was given
/// @param data of the one model; empty where only others are compared
/// @param risk largest F1 for which a model size is wanted
/// @param compared other models, each with its prediction
record PredictQuestion(
    Predictor predictor,
    Optional<Long> parameters,
    Optional<DataSize> data,
    OptionalDouble risk,
    List<PredictionJson.Model> compared) {
  /// The name of the model that was given by options.
  static final String GIVEN = "given";

  PredictQuestion {
    compared = List.copyOf(compared);
  }

  /// The one model with its prediction, where there is one.
  Optional<PredictionJson.Model> given() {
    return parameters.flatMap(count ->
        data.map(
            size -> new PredictionJson.Model(GIVEN, predictor, predictor.predict(count, size))));
  }

  /// How large a model may be, where that was asked.
  Optional<PredictionJson.LargestModel> largestModel() {
    return risk.isEmpty()
        ? Optional.empty()
        : data.map(size ->
            new PredictionJson.LargestModel(
                risk.getAsDouble(),
                size.bits(predictor.shape()).value(),
                predictor.largestModel(size, risk.getAsDouble())));
  }
}
