package dev.mneme.law;

import dev.mneme.unit.Bits;
import java.util.List;

/// What the laws say about one model and one data set. See [Predictor] for how to get one.
///
/// @param parameters all trainable parameters
/// @param data how much the model is trained on
/// @param shape what a sample is
/// @param capacity `α · parameters`, bounded by the range of α
/// @param dataBits `N · S · log2 V`
/// @param dataToCapacity data bits over capacity; the lower bound goes with the largest capacity
/// @param dataBitsPerParameter z of [MembershipLaw]
/// @param membership balanced F1 of a loss attack on an average sample, with the band of its law
/// @param memorizedPerSample expected unintended memorization, `min(capacity, data bits) / N`,
///   bounded by the range of α
public record Prediction(
    long parameters,
    DataSize data,
    SampleShape shape,
    Estimate<Bits> capacity,
    Bits dataBits,
    Estimate<Double> dataToCapacity,
    double dataBitsPerParameter,
    Estimate<Double> membership,
    Estimate<Bits> memorizedPerSample) {
  /// What these figures do not say; to be shown wherever they are.
  public static final List<String> CAVEATS =
      List.of(
          "F1 is about average samples: duplicated or unusual ones can be far more exposed.",
          "It is about attacks that see only losses; F1 0.5 is chance, not a proof of privacy.",
          "Data are taken as deduplicated and seen as one set: count no token twice.",
          "A law holds for what it was fitted to; the published one for GPT-2-like models on web"
              + " text with S 64 and V 50,257. Anything else is an extrapolation.");

  /// Memorizing, at the double-descent point, or generalizing.
  public Regime regime() {
    return Regime.of(dataToCapacity.value());
  }

  /// The regimes that the range of α allows: where both are the same, α does not matter.
  public Estimate<Regime> regimes() {
    return new Estimate<>(
        Regime.of(dataToCapacity.low()), regime(), Regime.of(dataToCapacity.high()));
  }
}
