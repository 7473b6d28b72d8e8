package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.Forecast;
import dev.mneme.law.PredictionJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Answers from the laws, without training or attacking anything.
@Command(
    name = "predict",
    header = "Predict capacity, regime and membership risk from sizes alone.",
    description =
        "Says from the published laws how many bits a model can hold, whether it memorizes or"
            + " generalizes on a training set of a given size, and how well an attacker who sees"
            + " losses can tell what it was trained on. Trains and attacks nothing.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme predict --parameters COUNT --tokens COUNT [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme predict --parameters 8B --tokens 15T",
      "  mneme predict --config-json config.json --samples 20M",
      "  mneme predict --tokens 1B --risk 0.55             how large may the model be?",
      "  mneme predict --compare llama-3-8b mine=1.3B:30B  side by side%n"
    })
final class PredictCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private PredictOptions options = new PredictOptions();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  PredictCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    boolean comparing = spec.commandLine().getParseResult().hasMatchedOption("--compare");
    PredictQuestion question = new PredictReader(options, program.folder()).read(comparing);
    if (json) {
      List<PredictionJson.Model> models = new ArrayList<>();
      question.given().ifPresent(models::add);
      models.addAll(question.compared());
      program.standard().out().print(PredictionJson.write(models, question.largestModel()));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      Forecast.write(question.given(), question.compared(), question.largestModel(), page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
