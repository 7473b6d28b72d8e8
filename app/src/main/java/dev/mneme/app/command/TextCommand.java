package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.ConfigFile;
import dev.mneme.app.config.Layer;
import dev.mneme.app.config.TextResolver;
import dev.mneme.app.config.TextSetting;
import dev.mneme.app.config.TextStudySettings;
import dev.mneme.app.output.Page;
import dev.mneme.experiment.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Tells what models remember of text from what they understand.
@Command(
    name = "text",
    header = "Measure memorization of text, apart from generalization.",
    description =
        "Trains models of several sizes on text sets of growing size and compares them, sequence by"
            + " sequence, with two references: an oracle (a larger model trained on the full set)"
            + " and a model of the same size trained on the full set. What a model codes in fewer"
            + " bits than its reference is unintended memorization; the rest is generalization."
            + " Attacks, completions and double descent come with it.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme text [--corpus FILE,...] [--model LxW]... [--oracle LxW] [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme text",
      "  mneme text --corpus 'web/*.parquet' --tokenizer gpt2-4096 --model 2x64,4x128",
      "  mneme text --config experiments/text-hour.yaml -o runs/hour%n"
    })
final class TextCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResultOptions options = new ResultOptions();

  TextCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    List<Layer> layers = new ArrayList<>();
    options
        .config()
        .ifPresent(file -> layers.add(ConfigFile.readText(program.folder().resolve(file))));
    layers.add(SettingOptions.read(spec.commandLine().getParseResult(), TextSetting.ALL));
    TextStudySettings settings = new TextResolver(layers, program.folder()).resolve();
    if (options.showConfig()) {
      program.standard().out().print(settings.yaml());
      program.standard().out().flush();
      return ExitStatus.OK;
    }
    common.setUpLogging();
    TextRun.Finished finished = new TextRun(program, common, options).run(settings);
    PageOptions.Written report = options.page().ofRun(program, common, finished.folder());
    if (options.json()) {
      program.standard().out().print(finished.json());
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      finished.writeTo(page);
      PageOptions.writeChart(common, report, page);
      page.line("");
      page.line(
          "Everything is in "
              + finished.folder()
              + "; its trials and all scores are also in "
              + options.store().file(program));
      report.page().ifPresent(file -> page.line("The report to look at is " + file));
      page.printTo(program.standard().out());
    }
    options.page().openIfAsked(program, common, report);
    if (finished.interrupted()) {
      program
          .standard()
          .err()
          .println(
              "mneme text: interrupted; what was finished is kept, and the same command goes on"
                  + " from there");
      return ExitStatus.INTERRUPTED;
    }
    return finished.report().unfinished().stream().anyMatch(TrialResult.Failed.class::isInstance)
        ? ExitStatus.TRIALS_FAILED
        : ExitStatus.OK;
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
