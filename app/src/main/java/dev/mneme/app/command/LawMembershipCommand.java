package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.MembershipLawPage;
import dev.mneme.law.LawJson;
import dev.mneme.law.MembershipAnalysis;
import dev.mneme.law.MembershipFit;
import dev.mneme.law.MembershipObservation;
import dev.mneme.law.ObservationsFile;
import dev.mneme.model.InvalidConfigurationException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.FileTrouble;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Fits the membership law to observed attacks.
@Command(
    name = "membership",
    header = "Fit the membership law to observed attacks.",
    description = {
      "Fits F1 = ½ (1 + c1 σ(c2 (z + c3))), with z the data bits per parameter, to the balanced F1"
          + " of loss-threshold attacks; predicts those with the most data for their model from the"
          + " others; and compares the published constants. Attacks nothing: it takes the attacks"
          + " that mneme text kept in the store, or those of a file.",
      "%nThe file has comma-separated values in UTF-8. Its first line names the columns:"
          + " parameters (of the attacked model), samples (N, each counted once), sequence_length"
          + " (S), vocabulary (V) and f1 (from 0 to 1; chance is 0.5). Every other line is one"
          + " attack; at least 6 attacks at 4 different z are needed."
    },
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme law membership [--experiment NAME | --observations FILE.csv] [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme law membership --experiment text-hour",
      "  mneme law membership --observations attacks.csv",
      "  mneme law membership --observations attacks.csv --hold-out 4 --json%n"
    })
final class LawMembershipCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private final Program program;

  @Option(
      names = "--observations",
      paramLabel = "FILE.csv",
      description = "Observed attacks, one a line. Default: those in the store.")
  private Optional<Path> observations = Optional.empty();

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Only trials that this experiment asks for.")
  private Optional<String> experiment = Optional.empty();

  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--hold-out",
      paramLabel = "K",
      description =
          "Predict the K largest data bits per parameter from the others; 0 for none. Default: a"
              + " quarter of them, rounded down.")
  private Optional<String> holdOut = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "K",
      description = "Seed of the bootstrap over observations. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  @Mixin private CommonOptions common = new CommonOptions();

  LawMembershipCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    OptionalInt out = OptionTexts.holdOut("mneme law membership", holdOut);
    List<MembershipObservation> read = read();
    MembershipAnalysis analysis;
    try {
      analysis = MembershipAnalysis.of(read, out, new Seed(seed), MembershipFit.USUAL_RESAMPLES);
    } catch (InvalidConfigurationException e) {
      throw new UsageException(e.problems());
    }
    if (json) {
      program.standard().out().print(LawJson.membership(analysis));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      MembershipLawPage.write(analysis, page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  private List<MembershipObservation> read() {
    if (observations.isEmpty()) {
      return StoredAttacks.read(store, program, experiment);
    }
    if (experiment.isPresent()) {
      throw new UsageException(
          "--experiment",
          experiment.get() + " beside --observations",
          "one of the two",
          "Attacks come from a file or from the store.");
    }
    Path file = observations.get();
    try {
      return ObservationsFile.read(program.folder().resolve(file));
    } catch (InvalidConfigurationException e) {
      throw new UsageException(
          e.problems().stream()
              .map(p -> new Problem(file + " " + p.field(), p.given(), p.expected(), p.hint()))
              .toList());
    } catch (IOException e) {
      throw new UsageException(
          "--observations",
          file + ": " + FileTrouble.phrase(e),
          "a CSV file that can be read",
          "Name the file itself.");
    }
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
