package dev.mneme.law;

import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Predicts capacity, regime and membership from sizes alone, without training or attacking.
///
/// @param shape what a sample is
/// @param alpha bits per parameter, such as [Alpha#PUBLISHED] or [CapacityLaw#alpha]
/// @param membership the membership law, such as [PublishedMembership] or a [MembershipFit]
public record Predictor(SampleShape shape, Alpha alpha, MembershipPredictor membership) {
  /// The published figures: S 64, V 50,257, α 3.64 (3.51 to 3.83), F1 ± 0.09.
  public static Predictor published() {
    return new Predictor(SampleShape.PUBLISHED, Alpha.PUBLISHED, new PublishedMembership());
  }

  /// The same for samples of another shape.
  public Predictor withShape(SampleShape other) {
    return new Predictor(other, alpha, membership);
  }

  /// Everything about one model and one data set.
  ///
  /// @param parameters 1 to 10^18
  /// @throws dev.mneme.model.InvalidConfigurationException where the count is out of range
  public Prediction predict(long parameters, DataSize data) {
    Estimate<Bits> capacity = capacity(parameters);
    Bits dataBits = data.bits(shape);
    double z = MembershipLaw.dataBitsPerParameter(dataBits, parameters);
    double samples = data.samples(shape);
    Function<Bits, Bits> perSample =
        bits -> new Bits(Math.min(bits.value(), dataBits.value()) / samples);
    return new Prediction(
        parameters,
        data,
        shape,
        capacity,
        dataBits,
        new Estimate<>(
            dataBits.value() / capacity.high().value(),
            dataBits.value() / capacity.value().value(),
            dataBits.value() / capacity.low().value()),
        z,
        membership.at(z),
        map(capacity, perSample));
  }

  /// `α · parameters`.
  ///
  /// @param parameters 1 to 10^18
  public Estimate<Bits> capacity(long parameters) {
    checkParameters(parameters);
    Function<BitsPerParameter, Bits> times = value -> value.times(parameters);
    return map(alpha.perParameter(), times);
  }

  /// How many samples bring the F1 of an average sample down to a level: with fewer it is higher.
  /// Empty where the law lies below the level for any data set.
  ///
  /// @param parameters 1 to 10^18
  /// @param f1 above 0.5, at most 1
  /// @return a number of samples, perhaps below 1
  public OptionalDouble samplesFor(long parameters, double f1) {
    checkParameters(parameters);
    OptionalDouble z = membership.law().dataBitsPerParameterFor(f1);
    return z.isEmpty()
        ? z
        : OptionalDouble.of(z.getAsDouble() * parameters / shape.bitsPerSample().value());
  }

  /// How many parameters a model may have so that the F1 of an average sample is at most a risk.
  /// Empty where a model of any size stays below it.
  ///
  /// @param risk above 0.5, at most 1
  /// @return a number of parameters, perhaps below 1: then no model is small enough
  public OptionalDouble largestModel(DataSize data, double risk) {
    OptionalDouble z = membership.law().dataBitsPerParameterFor(risk);
    boolean always = risk >= membership.law().at(0); // F1 1 is the risk of any model
    return z.isEmpty() || always
        ? OptionalDouble.empty()
        : OptionalDouble.of(data.bits(shape).value() / z.getAsDouble());
  }

  private static <A extends Comparable<? super A>, B extends Comparable<? super B>> Estimate<B> map(
      Estimate<A> estimate, Function<A, B> function) {
    return new Estimate<>(
        function.apply(estimate.low()),
        function.apply(estimate.value()),
        function.apply(estimate.high()));
  }

  private static void checkParameters(long parameters) {
    new Mistakes()
        .range("parameters", parameters, 1, DataSize.MOST, "Count all trainable parameters.")
        .check();
  }
}
