package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.config.EngineName;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.Inspection;
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
      ModelFolder model = ModelFolder.read(program.folder().resolve(folder));
      read = Optional.of(model);
      sequences.flatMap(count -> ModelScoring.tooMany(model, count)).ifPresent(problems::add);
    } catch (CorruptCheckpointException e) {
      problems.addAll(e.problems());
    } catch (OutOfMemoryError e) {
      problems.add(ModelScoring.memory("model", folder.toString()));
    }
    if (!problems.isEmpty() || read.isEmpty()) {
      throw new UsageException(problems);
    }
    ModelFolder model = read.get();
    Optional<RandomTokenScore> score =
        dataSeed.flatMap(seed ->
            sequences.map(count ->
                ModelScoring.scored(
                    count,
                    () ->
                        RandomTokenScore.of(
                            program.engines().apply(EngineChoice.of(EngineName.VECTOR)),
                            model.weights(),
                            count,
                            seed))));
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

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
