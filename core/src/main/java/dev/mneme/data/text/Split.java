package dev.mneme.data.text;

import java.util.Locale;

/// The parts of a text data set; every distinct sequence is in exactly one.
public enum Split {
  /// What models are trained on.
  TRAIN,
  /// Held out: never trained on, to tell what a model understands from what it remembers.
  TEST,
  /// Held out too, for what must touch neither of the others, such as a reference of other data.
  REFERENCE;

  /// The name in reports and files.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
