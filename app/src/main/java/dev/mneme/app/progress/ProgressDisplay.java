package dev.mneme.app.progress;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Standard;
import dev.mneme.experiment.CapacityReport;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.StudyListener;
import dev.mneme.experiment.TrialOutcome;
import dev.mneme.experiment.TrialProgress;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/// Shows a study on the error stream while it runs: a bar on a terminal, otherwise a plain line now
/// and then.
public final class ProgressDisplay implements StudyListener, AutoCloseable {
  private static final int BAR_WIDTH = 20;
  private static final long PLAIN_INTERVAL_NANOS = 30_000_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Standard standard;
  private final boolean quiet;
  private final Optional<ProgressBar> bar;
  private final Workload work;
  private long lastLine = System.nanoTime();
  private String current = "";

  /// @param quiet shows nothing
  /// @param limit wall time the study means to take, if it has a budget in time
  public ProgressDisplay(Standard standard, boolean quiet, Optional<Duration> limit) {
    this.standard = standard;
    this.quiet = quiet;
    this.work = new Workload(limit, System::nanoTime);
    this.bar = quiet || !standard.errIsTerminal() ? Optional.empty() : Optional.of(bar());
  }

  private ProgressBar bar() {
    return new ProgressBarBuilder()
        .setInitialMax(1000)
        .setUpdateIntervalMillis(250)
        .setRenderer(this::render)
        .setConsumer(new ConsoleProgressBarConsumer(standard.err(), standard.columns() - 1))
        .clearDisplayOnFinish()
        .build();
  }

  private String render(ProgressState state, int width) {
    double share = work.share();
    int filled = (int) Math.round(share * BAR_WIDTH);
    boolean unicode = standard.err().charset().newEncoder().canEncode('━');
    String line =
        String.format(Locale.ROOT, "%3.0f%% ", 100 * share)
            + (unicode ? "━" : "=").repeat(filled)
            + (unicode ? "╌" : "-").repeat(BAR_WIDTH - filled)
            + " "
            + status();
    String shown = unicode ? line : line.replace("×", "x").replace("·", "-");
    return shown.length() <= width ? shown : shown.substring(0, Math.max(0, width));
  }

  private synchronized String status() {
    StringBuilder text = new StringBuilder(current);
    if (work.tokensPerSecond() > 0) {
      text.append(" · ").append(Numbers.brief(work.tokensPerSecond())).append(" tokens/s");
    }
    work.timeLeft()
        .ifPresent(left -> text.append(" · ").append(Numbers.duration(left)).append(" left"));
    return text.toString();
  }

  /// Writes a line above the bar.
  public synchronized void say(String message) {
    if (quiet) {
      return;
    }
    String shown =
        standard.err().charset().newEncoder().canEncode("×·→")
            ? message
            : message.replace("×", "x").replace("·", "-").replace("→", "->");
    standard.err().println((bar.isPresent() ? CLEAR_LINE : "") + shown);
    standard.err().flush();
  }

  @Override
  public synchronized void planned(
      GptConfig model, String reason, List<TrialSpecification> trials) {
    work.planned(trials);
    say(name(model) + "  " + Numbers.plural(trials.size(), "trial") + ": " + reason);
  }

  /// Trials will run that belong to no search.
  public synchronized void plannedAll(List<TrialSpecification> trials) {
    work.planned(trials);
  }

  @Override
  public synchronized void known(TrialResult result) {
    work.known(result);
  }

  @Override
  public synchronized void progressed(TrialProgress progress) {
    work.progressed(progress);
    TrialSpecification trial = progress.specification();
    current = name(trial.model()) + " N " + Numbers.count(trial.sequences());
    if (Double.isFinite(progress.bitsPerParameter())
        && trial.data() instanceof DataSource.RandomSource) {
      current += " · " + Numbers.decimals(progress.bitsPerParameter(), 2) + " bits/param so far";
    }
    if (bar.isPresent()) {
      bar.get().stepTo(Math.round(1000 * work.share()));
    } else if (System.nanoTime() - lastLine > PLAIN_INTERVAL_NANOS) {
      lastLine = System.nanoTime();
      say(String.format(Locale.ROOT, "%3.0f%%  ", 100 * work.share()) + status());
    }
  }

  @Override
  public synchronized void ended(TrialOutcome outcome) {
    TrialResult result = outcome.result();
    work.ended(result);
    TrialSpecification trial = result.specification();
    String line =
        name(trial.model())
            + "  N "
            + Numbers.count(trial.sequences())
            + " seed "
            + trial.seed()
            + "  ";
    switch (result) {
      case TrialResult.Finished finished ->
          say(
              line
                  + Numbers.bits(finished.training().entropy())
                  + " → "
                  + Numbers.bits(finished.training().net())
                  + (trial.data() instanceof DataSource.RandomSource
                      ? " memorized · "
                          + Numbers.decimals(finished.bitsPerParameter().value(), 2)
                          + " bits/param · "
                      : " saved over the uniform code · ")
                  + Numbers.seconds(finished.provenance().seconds()));
      case TrialResult.Diverged diverged ->
          say(
              line
                  + "diverged at step "
                  + Numbers.count(diverged.step())
                  + ": "
                  + diverged.reason());
      case TrialResult.Failed failed -> say(line + "failed: " + failed.reason());
    }
  }

  @Override
  public synchronized void concluded(CapacityReport report) {
    say(name(report.model()) + "  done: " + report.stopReason());
  }

  private static String name(GptConfig model) {
    return model.layers() + "×" + model.width();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
