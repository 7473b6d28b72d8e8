package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Native memory is given back at once. The smallest of what is made for each position takes 64 kB
/// a step: kept, it would take as much as is allowed in 500 steps.
class SteadyMemoryTest {
  private static final GptConfig CONFIG = GptConfig.of(1, 16, 64, 16);
  private static final TokenBatch BATCH =
      TokenBatch.all(RandomTokens.generate(new Seed(4), "data", 64, 16, 64));

  @Test
  void residentMemoryStaysWhereItIs() throws IOException {
    double[] parameters =
        new Initialization(0.1, 0.1).draw(ParameterLayout.of(CONFIG), new Seed(3));
    try (TrainableModel model = new TorchEngine(TorchDevice.CPU).create(CONFIG, parameters)) {
      work(model, 1, 200);
      long before = residentKilobytes();
      work(model, 201, 900);
      assertThat(residentKilobytes() - before).as("kB in 700 steps").isLessThan(32_000);
    }
  }

  private static void work(TrainableModel model, int from, int to) {
    AdamW adamW = new AdamW(0.9, 0.99, 1e-8, 0);
    Muon muon = new Muon(0.9, 0.1, 1, adamW);
    for (int number = from; number <= to; number++) {
      Optimizer optimizer = number % 2 == 0 ? adamW : muon;
      model.trainStep(BATCH, new OptimizerStep(number, 1e-4, optimizer));
      if (number % 100 == 0) {
        model.codeLengths(BATCH);
        model.complete(BATCH, 14);
        model.restore(model.state());
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    System.gc(); // Java's own share
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
