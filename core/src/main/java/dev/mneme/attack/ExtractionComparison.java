package dev.mneme.attack;

import dev.mneme.measure.SeedStatistics;
import java.util.OptionalDouble;

/// Extraction of training sequences beside that of held-out ones. What is extracted of the latter
/// cannot have been memorized, so the test rate says how much of the training rate generalization
/// explains (Morris et al., arXiv 2505.24832): `min(1, test rate / train rate)`.
///
/// The interval of that share is conservative. Each of the two rates lies within its own exact
/// interval of 97.5%, so both do at once at least 95% of the time (Bonferroni), and then the share
/// lies between `test low / train high` and `test high / train low`, cut at 1. Where nothing was
/// extracted there is no estimate, but still an interval.
///
/// @param train sequences trained on
/// @param test sequences held out
/// @param explained the share explained by generalization, 0 to 1; empty where the train rate is 0
/// @param low lower bound of the share's 95% interval
/// @param high upper bound
public record ExtractionComparison(
    Rate train, Rate test, OptionalDouble explained, double low, double high) {

  /// @throws IllegalArgumentException where prefixes or suffixes differ in length
  public static ExtractionComparison of(Extraction train, Extraction test) {
    if (train.prefix() != test.prefix() || train.suffixLength() != test.suffixLength()) {
      throw new IllegalArgumentException(
          "completions of %d tokens from %d and of %d from %d cannot be compared"
              .formatted(train.suffixLength(), train.prefix(), test.suffixLength(), test.prefix()));
    }
    return of(train.exactRate(), test.exactRate());
  }

  /// Compares rates of exact completions from prefixes of one length.
  public static ExtractionComparison of(Rate train, Rate test) {
    double confidence = (1 + SeedStatistics.CONFIDENCE) / 2;
    Rate wideTrain = Rate.of(train.hits(), train.cases(), confidence);
    Rate wideTest = Rate.of(test.hits(), test.cases(), confidence);
    OptionalDouble explained =
        train.hits() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.min(1, test.value() / train.value()));
    return new ExtractionComparison(
        train,
        test,
        explained,
        Math.min(1, wideTest.low() / wideTrain.high()),
        wideTrain.low() == 0 ? 1 : Math.min(1, wideTest.high() / wideTrain.low()));
  }
}
