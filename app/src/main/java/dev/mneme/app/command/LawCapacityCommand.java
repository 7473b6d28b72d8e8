package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.CapacityLawPage;
import dev.mneme.app.report.Summary;
import dev.mneme.law.CapacityAnalysis;
import dev.mneme.law.LawJson;
import dev.mneme.law.MeasuredCapacity;
import dev.mneme.law.MeasuredTrial;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Fits capacity against parameters to what a store holds.
@Command(
    name = "capacity",
    header = "Fit capacity = α × parameters to stored trials.",
    description =
        "Reads each model's capacity off the finished trials of a store, at its largest number of"
            + " steps and at the peak over data set sizes; fits a line through those whose peak is"
            + " enclosed; predicts the largest models from the others; and compares ablations over"
            + " sequence length and vocabulary with what was expected. All capacities are lower"
            + " bounds at their training budgets. Trains nothing.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme law capacity [--store FILE] [--experiment NAME] [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme run experiments/grid-line.yaml && mneme law capacity --experiment grid-line",
      "  mneme law capacity --precision fp32 --hold-out 2 --json%n"
    })
final class LawCapacityCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private static final int MOST_NAMED = 10;
  private static final int RESAMPLES = 2000;

  private final Program program;

  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Only trials that this experiment asks for.")
  private Optional<String> experiment = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "Only this precision, such as fp32. Default: each of them apart.")
  private Optional<String> precision = Optional.empty();

  @Option(
      names = "--hold-out",
      paramLabel = "K",
      description =
          "Predict the K largest sizes of models from the others; 0 for none. Default: a third of"
              + " them, rounded down.")
  private Optional<String> holdOut = Optional.empty();

  @Option(
      names = "--include-open",
      description = "Fit models whose peak no larger data sets enclose, too.")
  private boolean includeOpen;

  @Option(
      names = "--seed",
      paramLabel = "K",
      description = "Seed of the bootstrap over seeds. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  LawCapacityCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    OptionalInt out = OptionTexts.holdOut("mneme law capacity", holdOut);
    StoredMeasurements stored =
        StoredMeasurements.read(store, program, "mneme law capacity", experiment);
    List<MeasuredTrial> trials = stored.finished();
    if (precision.isPresent()) {
      trials = ofPrecision(trials, precision.get());
    }
    List<CapacityAnalysis> analyses;
    try {
      analyses =
          CapacityAnalysis.of(
              trials, new CapacityAnalysis.Question(includeOpen, out, new Seed(seed), RESAMPLES));
    } catch (InvalidConfigurationException e) {
      throw new UsageException(e.problems());
    }
    requireSomething(analyses);
    if (json) {
      program.standard().out().print(LawJson.capacity(analyses));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      CapacityLawPage.write(analyses, stored.diverged(), stored.failed(), page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  private static List<MeasuredTrial> ofPrecision(List<MeasuredTrial> trials, String wanted) {
    List<String> known = trials.stream().map(MeasuredTrial::precision).distinct().toList();
    if (!trials.isEmpty() && !known.contains(wanted)) {
      throw new UsageException(
          "--precision",
          wanted,
          "a precision of the finished trials: " + String.join(", ", known),
          "Leave it out for all of them.");
    }
    return trials.stream().filter(trial -> trial.precision().equals(wanted)).toList();
  }

  /// Refuses what gives neither a line nor an ablation, saying what is there and what is missing.
  private static void requireSomething(List<CapacityAnalysis> analyses) {
    if (analyses.stream().anyMatch(one -> one.law().isPresent() || !one.ablations().isEmpty())) {
      return;
    }
    String expected =
        "at least 2 models of different size, each with a peak over data set sizes that at least 1"
            + " smaller and 2 larger sizes enclose";
    String hint =
        "For example: mneme run experiments/grid-line.yaml, or mneme capacity --model 1x16,2x16"
            + " --vocabulary 64 --sequence-length 16.";
    List<Problem> problems = new ArrayList<>();
    for (CapacityAnalysis analysis : analyses) {
      problems.add(
          new Problem("models in " + analysis.precision(), found(analysis), expected, hint));
    }
    if (problems.isEmpty()) {
      problems.add(new Problem("models", "no finished trial", expected, hint));
    }
    throw new UsageException(problems);
  }

  private static String found(CapacityAnalysis analysis) {
    List<String> open =
        analysis.capacities().stream()
            .filter(capacity -> !analysis.fitted().contains(capacity))
            .map(LawCapacityCommand::open)
            .toList();
    String named = String.join("; ", open.subList(0, Math.min(open.size(), MOST_NAMED)));
    return analysis.fitted().size()
        + " that can be fitted"
        + (open.isEmpty() ? "" : ", and " + open.size() + " that cannot: " + named)
        + (open.size() > MOST_NAMED ? "; ..." : "");
  }

  private static String open(MeasuredCapacity capacity) {
    int sizes = capacity.sizes().size();
    return Summary.name(capacity.model())
        + " ("
        + sizes
        + (sizes == 1 ? " data set size" : " data set sizes")
        + " at "
        + capacity.steps()
        + " steps, peak at "
        + (capacity.peakIsLargestSize() ? "the largest, N " : "N ")
        + capacity.peak().sequences()
        + ")";
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
