package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import java.nio.file.Path;

/// A search so small that it takes a second, with its models kept.
final class SavedModels {
  private static final String COMMAND =
      "capacity --model 1x8 --vocabulary 16 --sequence-length 6 --steps 300 --batch-size 16"
          + " --learning-rate 0.02 --grid 0.5,1,2 --maximum-sizes 3 --seeds 2 --curve-points 1"
          + " --engine vector -o run -q --save-models --sweep=";

  private SavedModels() {}

  /// Runs it; two models at the peak lie in `run/models` then.
  static Invocation of(Path folder) {
    Invocation run = Invocation.of(folder, COMMAND.split(" "));
    // so small a model need not pass every control; its models are saved all the same
    assertThat(run.status())
        .isIn(ExitStatus.OK, ExitStatus.CAPACITY_NOT_REACHED, ExitStatus.CONTROL_FAILED);
    return run;
  }
}
