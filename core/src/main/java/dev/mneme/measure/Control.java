package dev.mneme.measure;

/// The outcome of one control of a capacity run, judged by [Controls].
///
/// @param number 1 to 5
/// @param name in a few words, such as `fresh data`
/// @param passed whether every rule of this control holds
/// @param figures one sentence with every figure that was compared
/// @param value the figure that decides (of several, the first that failed); finite
/// @param limit the largest value that passes, or the smallest for control 2; finite
public record Control(
    int number, String name, boolean passed, String figures, double value, double limit) {
  public Control {
    if (number < 1 || number > ControlReport.CONTROLS) {
      throw new IllegalArgumentException("controls are numbered 1 to 5, but was given " + number);
    }
    if (!Double.isFinite(value) || !Double.isFinite(limit)) {
      throw new IllegalArgumentException(
          "control " + number + " compares " + value + " with " + limit + ", which is not finite");
    }
  }
}
