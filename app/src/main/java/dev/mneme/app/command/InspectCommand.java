package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.EngineName;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.Inspection;
import dev.mneme.engine.NonFiniteException;
import dev.mneme.experiment.ModelFolderJson;
import dev.mneme.experiment.RandomTokenScore;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.training.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Looks at a model on the disk; changes nothing.
@Command(
    name = "inspect",
    header = "Verify and describe a saved model or training checkpoint.",
    description =
        "Reads a folder with a GPT-2 model in the Hugging Face layout, as capacity --save-models"
            + " writes them, or with a training checkpoint. Checks sizes, shapes, that every value"
            + " is finite and, where there are any, digests. Changes nothing.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme inspect FOLDER [--data-seed K --sequences N] [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to read|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme inspect runs/1x32/models/1x32-N500-seed1",
      "  mneme inspect runs/1x32/models/1x32-N500-seed1 --data-seed 1 --sequences 500%n"
    })
final class InspectCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "FOLDER", description = "Folder of the model.")
  private Path folder = Path.of("");

  @Option(
      names = "--data-seed",
      paramLabel = "K",
      description =
          "Score the model on the random tokens of the trial with this seed, with the vector"
              + " engine; the memorized bits are those of the trial. Needs --sequences.")
  private Optional<Long> dataSeed = Optional.empty();

  @Option(names = "--sequences", paramLabel = "N", description = "Data set size of that trial.")
  private Optional<Integer> sequences = Optional.empty();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  InspectCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    List<Problem> problems = new ArrayList<>(mistakes());
    Optional<ModelFolder> read = Optional.empty();
    try {
      read = Optional.of(ModelFolder.read(program.folder().resolve(folder)));
      read.flatMap(this::tooManySequences).ifPresent(problems::add);
    } catch (CorruptCheckpointException e) {
      problems.addAll(e.problems());
    } catch (OutOfMemoryError e) {
      problems.add(memory("model", folder.toString()));
    }
    if (!problems.isEmpty() || read.isEmpty()) {
      throw new UsageException(problems);
    }
    ModelFolder model = read.get();
    Optional<RandomTokenScore> score =
        dataSeed.flatMap(seed -> sequences.map(count -> score(model, count, seed)));
    if (json) {
      program.standard().out().print(ModelFolderJson.write(model, score));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      Inspection.write(model, score, page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  private List<Problem> mistakes() {
    List<Problem> problems = new ArrayList<>();
    String hint = "The line of the trial in trials.jsonl has both.";
    if (dataSeed.isPresent() && sequences.isEmpty()) {
      problems.add(new Problem("--sequences", "nothing", "a number beside --data-seed", hint));
    }
    if (sequences.isPresent() && dataSeed.isEmpty()) {
      problems.add(new Problem("--data-seed", "nothing", "a number beside --sequences", hint));
    }
    if (sequences.isPresent() && sequences.get() < 1) {
      problems.add(new Problem("--sequences", String.valueOf(sequences.get()), "1 or more", hint));
    }
    return problems;
  }

  /// Tokens take four bytes, twice while they are drawn; half the memory is for everything else.
  private Optional<Problem> tooManySequences(ModelFolder model) {
    long tokens = Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 16);
    long most = tokens / model.weights().config().contextLength();
    return sequences
        .filter(count -> count > most)
        .map(count ->
            new Problem(
                "--sequences",
                String.valueOf(count),
                "at most " + most + " in the memory that Java has",
                "Give the size of the trial, or more memory: MNEME_JAVA_OPTS=-Xmx8g."));
  }

  private RandomTokenScore score(ModelFolder model, int count, long seed) {
    try {
      return RandomTokenScore.of(
          program.engines().apply(EngineName.VECTOR), model.weights(), count, seed);
    } catch (NonFiniteException e) {
      throw new UsageException(
          "model",
          String.valueOf(e.getMessage()),
          "finite logits",
          "The weights are finite but too large for single precision.");
    } catch (OutOfMemoryError e) {
      throw new UsageException(List.of(memory("--sequences", String.valueOf(count))));
    }
  }

  private static Problem memory(String field, String given) {
    return new Problem(
        field,
        given,
        "what fits into the memory that Java has",
        "Give more memory: MNEME_JAVA_OPTS=-Xmx8g.");
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
