package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizerOptionTest {
  private static final String TINY =
      "capacity --model 1x8 --vocabulary 16 --sequence-length 6 --steps 30 --batch-size 16 --grid 1"
          + " --maximum-sizes 1 --seeds 1 --half-step-seeds 0 --curve-points 1 --sweep= -q"
          + " --store trials.duckdb";

  @TempDir Path folder;

  @Test
  void everySettingOfMuonReachesTheTrialAndTheStore() throws Exception {
    String muon = " --optimizer muon --momentum 0.9 --matrix-scale 0.2 --embedding-rate 2.5";
    run(TINY + muon + " -o muon");
    run(TINY + " -o adamw");
    Invocation query =
        run(
            "query --store trials.duckdb",
            "SELECT DISTINCT concat_ws('|', optimizer, momentum, matrix_scale, embedding_rate, '')"
                + " AS settings FROM trials");
    assertThat(query.out()).contains("muon|0.9|0.2|2.5|", "adamw|").doesNotContain("adamw|0");
    assertThat(Files.readString(folder.resolve("muon/config.yaml")))
        .contains("optimizer: muon", "momentum: 0.9", "matrix-scale: 0.2", "embedding-rate: 2.5");
    assertThat(Files.readString(folder.resolve("adamw/config.yaml")))
        .contains("optimizer: adamw")
        .doesNotContain("momentum");
  }

  @Test
  void anUnknownOptimizerIsRefusedInWords() {
    Invocation run = Invocation.of(folder, (TINY + " --optimizer sgd").split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--optimizer", "sgd", "muon", "adamw");
  }

  private Invocation run(String command, String... more) {
    String[] words = command.split(" ");
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    Invocation run = Invocation.of(folder, all);
    assertThat(run.status())
        .as(run.err())
        .isIn(ExitStatus.OK, ExitStatus.CAPACITY_NOT_REACHED, ExitStatus.CONTROL_FAILED);
    return run;
  }
}
