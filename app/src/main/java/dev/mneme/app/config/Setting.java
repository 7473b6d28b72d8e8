package dev.mneme.app.config;

import dev.mneme.engine.Precision;
import dev.mneme.training.LearningRateSchedule.Decay;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something a user may set, named alike on the command line (`--batch-size`) and in a
/// configuration file (`batch-size:`). Every default, range and description is written here, once.
///
/// @param <T> type of the value
public final class Setting<T> {
  /// Under which heading a setting is shown.
  public enum Group {
    MODEL("Model"),
    BUDGET("Budget"),
    TRAINING("Training"),
    DATA("Data"),
    SEARCH("Search for the plateau"),
    RUN("Run");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  public static final Setting<List<ModelShape>> MODELS =
      new Setting<>(
          "models",
          "--model",
          "LxW[xH]",
          Group.MODEL,
          false,
          Parser.models(),
          "",
          "layers x width, perhaps x heads, such as 1x32 or 2x128x2; several with commas or by"
              + " repeating the option");
  public static final Setting<Integer> LAYERS =
      of(
          "layers",
          "N",
          Group.MODEL,
          false,
          Parser.integer(1, 256),
          "1",
          "transformer blocks, for one model");
  public static final Setting<Integer> WIDTH =
      of(
          "width",
          "N",
          Group.MODEL,
          false,
          Parser.integer(1, 16_384),
          "32",
          "width of the model (d_model), for one model");
  public static final Setting<Integer> HEADS =
      of(
          "heads",
          "N",
          Group.MODEL,
          false,
          Parser.integer(1, 16_384),
          "",
          "attention heads, for one model; one for every 64 of width unless given");
  public static final Setting<Integer> VOCABULARY =
      of(
          "vocabulary",
          "N",
          Group.MODEL,
          true,
          Parser.integer(2, 1 << 20),
          "2048",
          "token values V");
  public static final Setting<Integer> SEQUENCE_LENGTH =
      of(
          "sequence-length",
          "N",
          Group.MODEL,
          true,
          Parser.integer(1, 1 << 16),
          "64",
          "tokens per sequence S; all are predicted and counted");
  public static final Setting<Precision> PRECISION =
      of(
          "precision",
          "NAME",
          Group.MODEL,
          false,
          Parser.choice(List.of(Precision.values()), Precision::toString),
          "",
          "of weights and products: fp32, bf16, bf16-pure or ternary; the engine's own unless"
              + " given");

  public static final Setting<Long> STEPS =
      of(
          "steps",
          "N",
          Group.BUDGET,
          true,
          Parser.longInteger(1, 1_000_000_000),
          "",
          "optimizer steps of every trial");
  public static final Setting<Duration> TIME =
      of(
          "time",
          "TIME",
          Group.BUDGET,
          false,
          Parser.duration(),
          "30m",
          "wall time for the whole call, such as 30m; a calibration turns it into steps first");

  public static final Setting<Integer> BATCH_SIZE =
      of(
          "batch-size",
          "N",
          Group.TRAINING,
          true,
          Parser.integer(1, 1_000_000),
          "64",
          "sequences per step");
  public static final Setting<Double> LEARNING_RATE =
      of(
          "learning-rate",
          "RATE",
          Group.TRAINING,
          true,
          Parser.decimal("a number above 0, up to 10", 0, true, 10),
          "0.01",
          "highest rate of the schedule, which ends at zero");
  public static final Setting<Double> WARMUP =
      of(
          "warmup",
          "SHARE",
          Group.TRAINING,
          true,
          Parser.decimal("a share from 0 to 0.99", 0, false, 0.99),
          "0.02",
          "share of the steps in which the rate rises");
  public static final Setting<Double> FLAT =
      of(
          "flat",
          "SHARE",
          Group.TRAINING,
          true,
          Parser.decimal("a share from 0 to 1", 0, false, 1),
          "0.5",
          "share of the steps at the highest rate");
  public static final Setting<Decay> DECAY =
      of(
          "decay",
          "SHAPE",
          Group.TRAINING,
          true,
          Parser.choice(
              List.of(Decay.COSINE, Decay.LINEAR), decay -> decay.name().toLowerCase(Locale.ROOT)),
          "linear",
          "how the rate falls to zero: cosine or linear");
  public static final Setting<OptimizerName> OPTIMIZER =
      of(
          "optimizer",
          "NAME",
          Group.TRAINING,
          true,
          Parser.choice(List.of(OptimizerName.values()), OptimizerName::toString),
          "adamw",
          "muon or adamw, see docs/recipe.md");
  public static final Setting<Double> BETA1 =
      of(
          "beta1",
          "B",
          Group.TRAINING,
          true,
          Parser.decimal("a number from 0 to 0.99999", 0, false, 0.99999),
          "0.9",
          "Adam's β1");
  public static final Setting<Double> BETA2 =
      of(
          "beta2",
          "B",
          Group.TRAINING,
          true,
          Parser.decimal("a number from 0 to 0.99999", 0, false, 0.99999),
          "0.99",
          "Adam's β2");
  public static final Setting<Double> EPSILON =
      of(
          "epsilon",
          "E",
          Group.TRAINING,
          true,
          Parser.decimal("a number above 0, up to 1", 0, true, 1),
          "1e-8",
          "Adam's ε");
  public static final Setting<Double> MOMENTUM =
      of(
          "momentum",
          "M",
          Group.TRAINING,
          true,
          Parser.decimal("a number from 0 to 0.99999", 0, false, 0.99999),
          "0.95",
          "Muon's momentum");
  public static final Setting<Double> MATRIX_SCALE =
      of(
          "matrix-scale",
          "F",
          Group.TRAINING,
          true,
          Parser.decimal("a factor above 0, up to 100", 0, true, 100),
          "0.1",
          "root mean square of Muon's steps, in units of the learning rate");
  public static final Setting<Double> EMBEDDING_RATE =
      of(
          "embedding-rate",
          "F",
          Group.TRAINING,
          true,
          Parser.decimal("a factor above 0, up to 100", 0, true, 100),
          "3",
          "with Muon, what the learning rate is multiplied by for the embedding");
  public static final Setting<Double> EMBEDDING_DEVIATION =
      of(
          "embedding-deviation",
          "SD",
          Group.TRAINING,
          true,
          Parser.decimal("a number from 0 to 10", 0, false, 10),
          "0.05",
          "initial standard deviation of the embeddings");
  public static final Setting<Double> WEIGHT_DEVIATION =
      of(
          "weight-deviation",
          "SD",
          Group.TRAINING,
          true,
          Parser.decimal("a number from 0 to 10", 0, false, 10),
          "0.05",
          "initial standard deviation of the weights");
  public static final Setting<Integer> CURVE_POINTS =
      of(
          "curve-points",
          "N",
          Group.TRAINING,
          true,
          Parser.integer(1, 1000),
          "8",
          "how often the whole training set is scored along the way");

  public static final Setting<List<Double>> GRID =
      of(
          "grid",
          "F,F,…",
          Group.SEARCH,
          true,
          Parser.decimals("factors above 0, separated by commas, ascending", false),
          "0.5,0.63,0.8,1,1.25",
          "first data set sizes, as multiples of the one predicted at 3.6 bits per parameter");
  public static final Setting<Double> GROWTH =
      of(
          "growth",
          "F",
          Group.SEARCH,
          true,
          Parser.decimal("a factor above 1, up to 16", 1, true, 16),
          "1.25",
          "factor between neighbouring sizes when more are added");
  public static final Setting<Integer> MAXIMUM_SIZES =
      of(
          "maximum-sizes",
          "N",
          Group.SEARCH,
          true,
          Parser.integer(1, 1000),
          "12",
          "most data set sizes to try");
  public static final Setting<List<Double>> SWEEP =
      of(
          "sweep",
          "F,F,…",
          Group.SEARCH,
          true,
          Parser.decimals("factors above 0, separated by commas, or nothing", true),
          "0.5,0.25,2",
          "factors on the learning rate, tried where a size jams");
  public static final Setting<Integer> SEEDS =
      of(
          "seeds",
          "N",
          Group.SEARCH,
          false,
          Parser.integer(1, 1000),
          "3",
          "runs at the peak; each seed sets data, initialization and order");
  public static final Setting<Integer> SCAN_SEEDS =
      of(
          "scan-seeds",
          "N",
          Group.SEARCH,
          false,
          Parser.integer(1, 1000),
          "1",
          "how many of the seeds every size is tried with");
  public static final Setting<Integer> HALF_STEP_SEEDS =
      of(
          "half-step-seeds",
          "N",
          Group.SEARCH,
          false,
          Parser.integer(0, 1000),
          "",
          "how many seeds are run again with fewer steps, to test convergence; all unless given");
  public static final Setting<Integer> HALVINGS =
      of(
          "halvings",
          "N",
          Group.SEARCH,
          false,
          Parser.integer(1, 20),
          "3",
          "lengths of those runs: 1 for half the steps, 3 for half, a quarter and an eighth; from 2"
              + " on, what ten times the steps would add is estimated");
  public static final Setting<Integer> DOUBLINGS =
      of(
          "doublings",
          "N",
          Group.SEARCH,
          false,
          Parser.integer(0, 40),
          "0",
          "how many times the steps may be doubled, while the last doubling still raised the figure"
              + " by more than the tolerance; with --steps only");
  public static final Setting<Double> TOLERANCE =
      of(
          "tolerance",
          "SHARE",
          Group.SEARCH,
          false,
          Parser.decimal("a share from 0 to 1", 0, false, 1),
          "0.02",
          "largest growth over the last doubling of steps that counts as converged");

  public static final Setting<EngineName> ENGINE =
      of(
          "engine",
          "NAME",
          Group.RUN,
          false,
          Parser.choice(List.of(EngineName.values()), EngineName::toString),
          "vector",
          "whose arithmetic: vector (fast, fp32), reference (plain loops in double precision) or"
              + " torch (libtorch, fp32)");
  public static final Setting<String> DEVICE =
      of(
          "device",
          "NAME",
          Group.RUN,
          false,
          Parser.device(),
          EngineChoice.PROCESSOR,
          "where engine torch computes: cpu, cuda or cuda:n");
  public static final Setting<Integer> THREADS =
      of(
          "threads",
          "N",
          Group.RUN,
          false,
          Parser.integer(1, 1024),
          "",
          "trials at a time; one for every processor unless given");
  public static final Setting<Long> SEED =
      of(
          "seed",
          "N",
          Group.RUN,
          false,
          Parser.longInteger(Long.MIN_VALUE, Long.MAX_VALUE),
          "1",
          "the first seed; the others follow it");

  /// Every setting, in the order in which it is shown.
  public static final List<Setting<?>> ALL =
      List.of(
          MODELS,
          LAYERS,
          WIDTH,
          HEADS,
          VOCABULARY,
          SEQUENCE_LENGTH,
          PRECISION,
          STEPS,
          TIME,
          BATCH_SIZE,
          LEARNING_RATE,
          WARMUP,
          FLAT,
          DECAY,
          OPTIMIZER,
          BETA1,
          BETA2,
          EPSILON,
          MOMENTUM,
          MATRIX_SCALE,
          EMBEDDING_RATE,
          EMBEDDING_DEVIATION,
          WEIGHT_DEVIATION,
          CURVE_POINTS,
          GRID,
          GROWTH,
          MAXIMUM_SIZES,
          SWEEP,
          SEEDS,
          SCAN_SEEDS,
          HALF_STEP_SEEDS,
          HALVINGS,
          DOUBLINGS,
          TOLERANCE,
          ENGINE,
          DEVICE,
          THREADS,
          SEED);

  private final String name;
  private final String option;
  private final String label;
  private final Group group;
  private final boolean perModel;
  private final Parser<T> parser;
  private final String fallback;
  private final String description;

  private Setting(
      String name,
      String option,
      String label,
      Group group,
      boolean perModel,
      Parser<T> parser,
      String fallback,
      String description) {
    this.name = name;
    this.option = option;
    this.label = label;
    this.group = group;
    this.perModel = perModel;
    this.parser = parser;
    this.fallback = fallback;
    this.description = description;
  }

  static <T> Setting<T> of(
      String name,
      String label,
      Group group,
      boolean perModel,
      Parser<T> parser,
      String fallback,
      String description) {
    return new Setting<>(name, "--" + name, label, group, perModel, parser, fallback, description);
  }

  /// The setting of that name in a configuration file.
  public static Optional<Setting<?>> named(String name) {
    return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
  }

  /// Name in a configuration file.
  public String name() {
    return name;
  }

  /// Name on the command line.
  public String option() {
    return option;
  }

  /// Placeholder for the value in help texts.
  public String label() {
    return label;
  }

  public Group group() {
    return group;
  }

  /// Whether one entry of `models` may set it for itself.
  public boolean perModel() {
    return perModel;
  }

  /// Text of the default; empty where there is none or it depends on others.
  public String fallback() {
    return fallback;
  }

  public String description() {
    return description;
  }

  /// What is accepted, for messages.
  public String expected() {
    return parser.expected();
  }

  /// Reads a value.
  ///
  /// @throws IllegalArgumentException for anything but what is expected
  T read(String text) {
    return parser.read().apply(text);
  }

  /// The text of a value, which reads back as the same.
  public String write(T value) {
    return parser.write().apply(value);
  }
}
