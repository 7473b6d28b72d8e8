package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Style;
import dev.mneme.app.watch.LiveReport;
import dev.mneme.app.watch.ReportServer;
import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Serves the report of a running experiment.
@Command(
    name = "watch",
    header = "Follow a running experiment in the browser.",
    description = {
      "Serves the report of a store (a file) or of the folder of a run to the browser of this"
          + " machine, and renews it as trials end. Place, switches and zoom of the page stay. The"
          + " run is not disturbed: its files are only read.",
      "It serves this report and nothing else, to this machine alone unless --address says"
          + " otherwise. Ctrl-C ends it, with status 0.",
    },
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme watch [RUN or STORE] [--port N] [--open] [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to follow|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme watch --open",
      "  mneme watch --experiment grid-minutes",
      "  ssh -L 8421:localhost:8421 host     and then, there: mneme watch --port 8421%n"
    })
final class WatchCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  /// Where the page is unless another program has it.
  static final int PORT = 8421;

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_PORT = 65_535;
  private static final int MOST_SECONDS = 3600;
  private static final long LOOK_MILLIS = 100;

  private final Program program;

  @Mixin private ReportSource source = new ReportSource();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen at. Default: 8421, or any free one where that is taken.")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Address to listen at. Default: 127.0.0.1, which only this machine reaches.")
  private String address = LOOPBACK;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "How often to look for new results. Default: 2.")
  private String every = "2";

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Mixin private CommonOptions common = new CommonOptions();

  WatchCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() {
    common.setUpLogging();
    List<Problem> problems = new ArrayList<>();
    int wanted = port.map(text -> number("--port", text, MOST_PORT, problems)).orElse(PORT);
    long millis = 1000L * number("--every", every, MOST_SECONDS, problems);
    Optional<InetAddress> place = address(problems);
    Optional<WatchedSource> watched = source(problems);
    if (place.isEmpty() || watched.isEmpty() || !problems.isEmpty()) {
      throw new UsageException(problems);
    }
    follow(watched.get(), place.get(), wanted, millis);
    return ExitStatus.OK;
  }

  private void follow(WatchedSource watched, InetAddress place, int wanted, long millis) {
    Object seen = watched.mark();
    AtomicReference<LiveReport> current;
    try {
      current = new AtomicReference<>(live(watched, millis));
    } catch (StorageException e) {
      throw new UsageException(List.of(e.problem()));
    }
    try (ReportServer server = serve(place, wanted, current)) {
      announce(server, place);
      if (open) {
        Browser.open(server.page(), program, common);
      }
      String trouble = "";
      while (rest(millis)) {
        Object now = watched.mark();
        if (now.equals(seen)) {
          continue;
        }
        try {
          current.set(live(watched, millis));
          seen = now;
          trouble = "";
        } catch (StorageException | UsageException e) {
          String message = String.valueOf(e.getMessage());
          if (!message.equals(trouble)) {
            say("Could not be read just now, and is tried again: " + message);
          }
          trouble = message;
        }
      }
    }
  }

  private static LiveReport live(WatchedSource watched, long millis) {
    WatchedSource.Seen seen = watched.read();
    return LiveReport.of(seen.report(), seen.state(), millis);
  }

  /// The default port may be taken, by another `mneme watch` for example; a port that was asked for
  /// may not.
  private ReportServer serve(InetAddress place, int wanted, AtomicReference<LiveReport> current) {
    try {
      return ReportServer.start(new ReportServer.Place(place, address, wanted), current::get);
    } catch (IOException e) {
      if (port.isEmpty()) {
        try {
          return ReportServer.start(new ReportServer.Place(place, address, 0), current::get);
        } catch (IOException again) {
          // the first one tells more
        }
      }
      throw new UsageException(
          "--port",
          wanted + " at " + address + ", where this program cannot listen",
          "a port that is free and allowed",
          "Take another, such as --port " + (PORT + 1) + ", or leave it out.");
    }
  }

  private void announce(ReportServer server, InetAddress place) {
    Page page = common.outPage(program.standard());
    page.line(page.style(Style.BOLD, server.page().toString()));
    page.line("  follows " + source.given() + "; Ctrl-C ends it");
    page.printTo(program.standard().out());
    if (!place.isLoopbackAddress()) {
      say(
          "Everybody who reaches "
              + address
              + " can read this report, texts of the corpus among it: there is no password and no"
              + " encryption.");
    }
  }

  private void say(String sentence) {
    Page page = common.errPage(program.standard());
    page.sentences(0, sentence);
    page.printTo(program.standard().err());
  }

  /// Waits; false once somebody wants an end.
  private boolean rest(long millis) {
    try {
      for (long waited = 0; waited < millis; waited += LOOK_MILLIS) {
        if (program.stop().getAsBoolean()) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      return !program.stop().getAsBoolean();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int number(String option, String text, int most, List<Problem> problems) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    problems.add(
        new Problem(
            option, text, "a whole number from 1 to " + most, "Leave it out for the usual."));
    return 1;
  }

  private Optional<InetAddress> address(List<Problem> problems) {
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      problems.add(
          new Problem(
              "--address",
              address,
              "an address of this machine, such as 127.0.0.1 or 0.0.0.0 (all of them)",
              "Leave it out: this machine alone then reaches the page."));
      return Optional.empty();
    }
  }

  private Optional<WatchedSource> source(List<Problem> problems) {
    Path path = source.path(program);
    String name = source.name();
    if (Files.isDirectory(path)) {
      Optional<Problem> named = source.experimentOfARun();
      if (named.isEmpty()) {
        return Optional.of(new WatchedSource.Run(path, name));
      }
      problems.add(named.get());
    } else if (Files.exists(path) || name.endsWith(".duckdb")) {
      return Optional.of(new WatchedSource.Store(path, name, source.experiment()));
    } else {
      problems.add(
          new Problem(
              "RUN or STORE",
              source.given() + ", which is not there",
              "the folder of a run, or the file of a store (a name ending in .duckdb may still"
                  + " come)",
              "mneme capacity, text and demo say which folder they write; run keeps its results in"
                  + " runs/mneme.duckdb."));
    }
    return Optional.empty();
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
