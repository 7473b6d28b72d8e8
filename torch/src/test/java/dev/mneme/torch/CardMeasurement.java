package dev.mneme.torch;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.OptimizerStep;
import dev.mneme.engine.TrainableModel;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Measures a device, by hand: `experiments/torch-card.sh` starts it. The peak of matrix products;
/// tokens per second and models per hour of small shapes, one at a time and many at a time; tokens
/// per second of a large model; each as a share of the peak.
///
/// ```
/// CardMeasurement DEVICE SECONDS [LARGE]
/// ```
///
/// SECONDS is given to every figure. LARGE, such as `12x768`, has GPT-2's vocabulary and 1,024
/// positions; without it no large model is measured.
final class CardMeasurement {
  private static final int[] TOGETHER_ON_A_CARD = {1, 8, 32, 128};
  private static final int[] TOGETHER_ON_A_PROCESSOR = {1, 4};

  private static final OptimizerStep STEP =
      new OptimizerStep(1000, 1e-3, new AdamW(0.9, 0.999, 1e-8, 0));

  /// Steps of a trial by which models per hour are reckoned.
  private static final int STEPS_OF_A_TRIAL = 20_000;

  private final TorchDevice device;
  private final double seconds;
  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private CardMeasurement(TorchDevice device, double seconds) {
    this.device = device;
    this.seconds = seconds;
  }

  public static void main(String[] arguments) {
    TorchDevice device = TorchDevice.parse(arguments[0]);
    Libtorch.require(device);
    CardMeasurement all = new CardMeasurement(device, Double.parseDouble(arguments[1]));
    boolean processor = device.kind() == TorchDevice.Kind.CPU;
    double peak = all.peak(processor ? 1024 : 8192);
    for (int[] shape : new int[][] {{1, 32}, {2, 64}, {2, 128}, {4, 128}}) {
      for (int models : processor ? TOGETHER_ON_A_PROCESSOR : TOGETHER_ON_A_CARD) {
        all.together(GptConfig.of(shape[0], shape[1], 2048, 64), models, peak);
      }
    }
    if (arguments.length > 2) {
      String[] shape = arguments[2].split("x", 2);
      all.alone(
          GptConfig.of(Integer.parseInt(shape[0]), Integer.parseInt(shape[1]), 50_257, 1024), peak);
    }
  }

  /// Operations per second of square products.
  private double peak(int size) {
    double rate;
    try (PointerScope scope = new PointerScope()) {
      Tensor a = new Transfer(device).zeros(size, size);
      rate =
          2.0
              * size
              * size
              * size
              * perSecond(() -> {
                try (PointerScope step = new PointerScope()) {
                  a.mm(a).select(0, 0).select(0, 0).item_float(); // waits for the card
                }
              });
    }
    out.printf(Locale.ROOT, "%s: %,.0f GFLOP/s in products of %d%n", device, rate / 1e9, size);
    return rate;
  }

  private void together(GptConfig config, int models, double peak) {
    List<double[]> initial = Collections.nCopies(models, initial(config));
    List<TokenBatch> batches = Collections.nCopies(models, batch(config, 64));
    try (TorchModels together = new TorchModels(config, device, initial)) {
      double steps = perSecond(() -> together.trainStep(batches, STEP));
      report(config, models, steps * models, 64, peak);
    }
  }

  private void alone(GptConfig config, double peak) {
    TokenBatch batch = batch(config, 8);
    try (TrainableModel model = new TorchEngine(device).create(config, initial(config))) {
      report(config, 1, perSecond(() -> model.trainStep(batch, STEP)), 8, peak);
    }
  }

  /// Six operations for each parameter in products and position, and causal attention's.
  private void report(GptConfig config, int models, double modelSteps, int sequences, double peak) {
    double positions = modelSteps * sequences * config.contextLength();
    double products =
        12.0 * config.layers() * config.width() * config.width()
            + (double) config.vocabularySize() * config.width();
    double attention = (double) config.layers() * config.width() * config.contextLength();
    double operations = positions * 6 * (products + attention);
    out.printf(
        Locale.ROOT,
        "%d x %d, V %d, S %d, %d at a time: %,.0f tokens/s, %,.1f models an hour (%,d steps),"
            + " %.1f%% of the peak%n",
        config.layers(),
        config.width(),
        config.vocabularySize(),
        config.contextLength(),
        models,
        positions,
        3600 * modelSteps / STEPS_OF_A_TRIAL,
        STEPS_OF_A_TRIAL,
        100 * operations / peak);
  }

  /// How often something is done in a second, after it was done twice.
  private double perSecond(Runnable work) {
    work.run();
    work.run();
    long start = System.nanoTime();
    int times = 0;
    double taken;
    do {
      work.run();
      times++;
      taken = (System.nanoTime() - start) * 1e-9;
    } while (taken < seconds);
    return times / taken;
  }

  private static double[] initial(GptConfig config) {
    return new Initialization(0.05, 0.05).draw(ParameterLayout.of(config), new Seed(1));
  }

  private static TokenBatch batch(GptConfig config, int sequences) {
    return TokenBatch.all(
        RandomTokens.generate(
            new Seed(2), "data", config.vocabularySize(), config.contextLength(), sequences));
  }
}
