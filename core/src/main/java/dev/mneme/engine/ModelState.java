package dev.mneme.engine;

import java.util.Arrays;
import java.util.stream.Stream;

/// Everything an engine needs to go on where it stopped, as flat vectors in the order of
/// [dev.mneme.model.ParameterLayout]. Values of single-precision engines convert exactly.
///
/// @param parameters the weights
/// @param firstMoment the optimizer's running mean of the gradient, or its momentum
/// @param secondMoment AdamW's running mean of the squared gradient; 0 where there is none
@SuppressWarnings(
    "ArrayRecordComponent") // large vectors handed over once, never compared by equals
public record ModelState(double[] parameters, double[] firstMoment, double[] secondMoment) {
  public ModelState {
    if (firstMoment.length != parameters.length || secondMoment.length != parameters.length) {
      throw new IllegalArgumentException(
          "parameters and moments must have one length, but have "
              + parameters.length
              + ", "
              + firstMoment.length
              + " and "
              + secondMoment.length);
    }
  }

  /// Whether every parameter and moment is a finite number; a model with others is of no further
  /// use.
  public boolean isFinite() {
    return Stream.of(parameters, firstMoment, secondMoment)
        .flatMapToDouble(Arrays::stream)
        .allMatch(Double::isFinite);
  }

  /// Fresh parameters with moments of zero.
  public static ModelState initial(double[] parameters) {
    return new ModelState(
        parameters.clone(), new double[parameters.length], new double[parameters.length]);
  }
}
