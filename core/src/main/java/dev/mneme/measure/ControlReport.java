package dev.mneme.measure;

import java.util.List;
import java.util.stream.IntStream;

/// The controls of a run. A control may occur several times, such as once per model.
///
/// @param controls in the order they are to be shown
public record ControlReport(List<Control> controls) {
  /// How many controls every capacity run carries.
  public static final int CONTROLS = 5;

  public ControlReport {
    controls = List.copyOf(controls);
  }

  /// Whether all five controls were made and none failed; a control that never ran has not passed.
  public boolean allPassed() {
    return missing().isEmpty() && failed().isEmpty();
  }

  /// The controls that failed.
  public List<Control> failed() {
    return controls.stream().filter(control -> !control.passed()).toList();
  }

  /// The numbers of controls that were not made.
  public List<Integer> missing() {
    return IntStream.rangeClosed(1, CONTROLS)
        .filter(number -> controls.stream().noneMatch(control -> control.number() == number))
        .boxed()
        .toList();
  }
}
