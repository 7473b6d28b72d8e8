package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.DidYouMean;
import dev.mneme.app.config.ModelShape;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.StorePages;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.store.StoreReader;
import dev.mneme.store.StoredExperiment;
import dev.mneme.store.TrialFilter;
import dev.mneme.store.TrialOrder;
import dev.mneme.store.TrialRow;
import dev.mneme.store.TrialStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists what a store holds.
@Command(
    name = "ls",
    header = "List stored trials, or experiments.",
    description = "Lists trials as they were kept, the first fifty unless told otherwise.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis =
        "mneme ls [--experiment NAME] [--status S] [--model LxW] [--sort KEY] [OPTIONS]%n"
            + "       mneme ls --experiments",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme ls --experiment grid-minutes --sort bits-per-parameter",
      "  mneme ls --status failed --limit 1000%n"
    })
final class LsCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  private static final long FEW = 50;

  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(names = "--experiments", description = "List experiments and how far they are.")
  private boolean experiments;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Only trials that this experiment asks for.")
  private Optional<String> experiment = Optional.empty();

  @Option(
      names = "--status",
      paramLabel = "S",
      description = "Only trials that are finished, diverged or failed.")
  private Optional<String> status = Optional.empty();

  @Option(names = "--model", paramLabel = "LxW", description = "Only models of this shape.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--sort",
      paramLabel = "KEY",
      description =
          "kept (the order in which they were kept, the default), or largest first: identity,"
              + " parameters, sequences, steps, learning-rate, net-bits, bits-per-parameter,"
              + " share-of-ceiling, seconds.")
  private Optional<String> sort = Optional.empty();

  @Option(names = "--limit", paramLabel = "N", description = "How many at most. Default: 50.")
  private Optional<String> limit = Optional.empty();

  LsCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    Page page = common.outPage(program.standard());
    if (experiments) {
      List<StoredExperiment> all;
      try (StoreReader open = store.read(program, "mneme ls")) {
        all = open.experiments();
      }
      StorePages.writeExperiments(all, page);
    } else {
      TrialFilter filter = filter();
      List<TrialRow> rows = new ArrayList<>();
      try (StoreReader open = store.read(program, "mneme ls")) {
        experiment.ifPresent(name -> requireExperiment(open.experiments(), name));
        open.list(filter, rows::add);
      }
      StorePages.writeTrials(rows, filter.limit().orElse(FEW), page);
    }
    page.printTo(program.standard().out());
    return ExitStatus.OK;
  }

  /// Refuses a name that the store does not know.
  static void requireExperiment(List<StoredExperiment> all, String name) {
    List<String> names = all.stream().map(one -> one.experiment().name()).toList();
    if (!names.contains(name)) {
      throw new UsageException(
          "--experiment",
          name,
          "an experiment of this store",
          DidYouMean.closest(name, names)
              .map(close -> "Did you mean " + close + "?")
              .orElse("mneme ls --experiments shows them."));
    }
  }

  private TrialFilter filter() {
    List<Problem> problems = new ArrayList<>();
    TrialFilter filter = TrialFilter.ALL;
    if (experiment.isPresent()) {
      filter = filter.withExperiment(experiment.get());
    }
    Optional<TrialStatus> ended = choice("--status", status, TrialStatus.values(), problems);
    if (ended.isPresent()) {
      filter = filter.withStatuses(Set.of(ended.get()));
    }
    if (model.isPresent()) {
      try {
        ModelShape shape = ModelShape.parse(model.get());
        filter = filter.withModel(shape.layers(), shape.width());
      } catch (IllegalArgumentException e) {
        problems.add(
            new Problem("--model", model.get(), "LAYERSxWIDTH", "1x32 is one layer of width 32."));
      }
    }
    Optional<TrialOrder> order = choice("--sort", sort, TrialOrder.values(), problems);
    if (order.isPresent()) {
      filter = filter.sortedBy(order.get(), order.get() != TrialOrder.KEPT);
    }
    filter = filter.limitedTo(most(problems));
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return filter;
  }

  private long most(List<Problem> problems) {
    if (limit.isEmpty()) {
      return FEW;
    }
    try {
      long most = Long.parseLong(limit.get().strip());
      if (most >= 1) {
        return most;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    problems.add(
        new Problem(
            "--limit", limit.get(), "a whole number from 1 on", "All of them: --limit 1000000."));
    return FEW;
  }

  private static <E extends Enum<E>> Optional<E> choice(
      String option, Optional<String> given, E[] values, List<Problem> problems) {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String wanted = given.get().strip().toLowerCase(Locale.ROOT);
    List<String> names =
        Arrays.stream(values)
            .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList();
    if (names.contains(wanted)) {
      return Optional.of(values[names.indexOf(wanted)]);
    }
    problems.add(
        new Problem(
            option,
            given.get(),
            String.join(", ", names),
            DidYouMean.closest(wanted, names)
                .map(close -> "Did you mean " + close + "?")
                .orElse("Take one of these.")));
    return Optional.empty();
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
