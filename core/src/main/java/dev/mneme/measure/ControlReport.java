package dev.mneme.measure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /// Why no capacity may be claimed beside these controls, such as `control 2 failed`; empty where
  /// all passed.
  public Optional<String> objection() {
    List<Integer> failed = failed().stream().map(Control::number).distinct().toList();
    List<Integer> numbers = failed.isEmpty() ? missing() : failed;
    String subject =
        (numbers.size() == 1 ? "control " : "controls ")
            + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String verb =
        !failed.isEmpty() ? " failed" : numbers.size() == 1 ? " was not made" : " were not made";
    return numbers.isEmpty() ? Optional.empty() : Optional.of(subject + verb);
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
