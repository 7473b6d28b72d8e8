package dev.mneme.law;

/// What a model does with data of a certain size.
public enum Regime {
  /// The data fit: the model memorizes them, and hardly generalizes.
  MEMORIZING("memorizing"),
  /// The data just fill the model; test loss peaks here.
  DOUBLE_DESCENT("at the double-descent point"),
  /// The data are more than the model can hold: it memorizes ever less of each sample, and
  /// generalizes.
  GENERALIZING("generalizing");

  /// Below this ratio of data to capacity a model memorizes.
  public static final double MEMORIZING_BELOW = 0.9;

  /// Above this ratio of data to capacity a model generalizes.
  public static final double GENERALIZING_ABOVE = 1.1;

  private final String phrase;

  Regime(String phrase) {
    this.phrase = phrase;
  }

  /// The regime at a ratio of data bits to capacity.
  ///
  /// @param dataToCapacity 0 or more
  public static Regime of(double dataToCapacity) {
    if (!(dataToCapacity >= 0)) {
      throw new IllegalArgumentException(
          "a ratio of data to capacity is 0 or more, but was " + dataToCapacity);
    }
    return dataToCapacity < MEMORIZING_BELOW
        ? MEMORIZING
        : dataToCapacity > GENERALIZING_ABOVE ? GENERALIZING : DOUBLE_DESCENT;
  }

  /// As words in a sentence.
  public String phrase() {
    return phrase;
  }
}
