package dev.mneme.app.report;

import dev.mneme.app.output.Numbers;
import dev.mneme.app.output.Page;
import dev.mneme.app.output.Printable;
import dev.mneme.app.output.Style;
import dev.mneme.app.output.Table;
import dev.mneme.experiment.Cost;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.DataSource;
import dev.mneme.experiment.Provenance;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.measure.Memorization;
import dev.mneme.store.StoredTrial;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.ParameterCount;
import java.util.List;
import java.util.Locale;

/// One stored trial for a reader.
public final class TrialPage {
  private TrialPage() {}

  /// Writes it.
  public static void write(StoredTrial trial, Page page) {
    TrialResult result = trial.result();
    TrialSpecification specification = result.specification();
    page.line(
        page.style(Style.BOLD, Summary.name(specification.model()))
            + page.style(
                Style.FAINT,
                "  N "
                    + Numbers.count(specification.sequences())
                    + " · seed "
                    + specification.seed()));
    fact(page, "id", result.id());
    fact(
        page,
        "experiments",
        trial.experiments().isEmpty() ? "none" : String.join(", ", trial.experiments()));
    switch (result) {
      case TrialResult.Finished finished -> figures(finished, trial, page);
      case TrialResult.Diverged diverged ->
          fact(
              page,
              "status",
              page.style(Style.YELLOW, "diverged")
                  + " at step "
                  + Numbers.count(diverged.step())
                  + ": "
                  + diverged.reason());
      case TrialResult.Failed failed ->
          fact(page, "status", page.style(Style.RED, "failed") + ": " + failed.reason());
    }
    specification(specification, page);
    provenance(result, page);
  }

  private static void figures(TrialResult.Finished trial, StoredTrial stored, Page page) {
    fact(page, "status", page.style(Style.GREEN, "finished"));
    boolean random = trial.specification().data() instanceof DataSource.RandomSource;
    page.heading(random ? "Memorized" : "Saved over the uniform code, remembered or understood");
    fact(
        page,
        "net",
        Numbers.bits(trial.training().net())
            + " of "
            + Numbers.bits(trial.training().entropy())
            + (random
                ? ", "
                    + Numbers.decimals(trial.bitsPerParameter().value(), 4)
                    + " bits per parameter"
                : ""));
    fact(
        page,
        "ceiling",
        Numbers.bits(trial.ceiling())
            + (trial.ceiling().value() > 0
                ? ", reached to "
                    + Numbers.percent(trial.training().net().value() / trial.ceiling().value())
                : ""));
    memorization("clipped sum", trial.training(), page);
    memorization(random ? "fresh data" : "held-out text", trial.fresh(), page);
    memorization("untrained", trial.untrained(), page);
    fact(
        page,
        "scores kept",
        Numbers.count(stored.trainingScores())
            + " of the training set, "
            + Numbers.count(stored.freshScores())
            + (random ? " of fresh data" : " of held-out text"));
    page.heading("Learning curve");
    curve(trial, random, page);
  }

  private static void curve(TrialResult.Finished trial, boolean random, Page page) {
    Table curve =
        new Table(
            0,
            "step",
            random ? "memorized" : "training set",
            random ? "bits per parameter" : "held-out text");
    long parameters = trial.specification().model().parameterCount().total();
    for (CurvePoint point : trial.curve()) {
      curve.row(
          Numbers.count(point.step()),
          Numbers.bits(point.net()),
          random
              ? Numbers.decimals(point.net().per(parameters).value(), 4)
              : point.heldOut().map(Numbers::bits).orElse("–"));
    }
    curve.printTo(page);
  }

  private static void memorization(String name, Memorization memorization, Page page) {
    fact(
        page,
        name,
        "clipped "
            + Numbers.bits(memorization.clipped())
            + ", net "
            + Numbers.bits(memorization.net())
            + " ± "
            + Numbers.bits(memorization.netStandardError())
            + " (standard error)");
  }

  private static void specification(TrialSpecification trial, Page page) {
    ParameterCount parameters = trial.model().parameterCount();
    TrainingPlan plan = trial.plan();
    LearningRateSchedule schedule = plan.schedule();
    page.heading("Specification");
    fact(
        page,
        "model",
        Summary.name(trial.model())
            + ", "
            + Numbers.plural(trial.model().heads(), "head")
            + ", V "
            + Numbers.count(trial.model().vocabularySize())
            + ", S "
            + Numbers.count(trial.model().contextLength()));
    if (trial.data() instanceof DataSource.TextSource text) {
      fact(
          page,
          "text",
          Printable.of(text.corpus(), '?') + ", tokenizer " + Printable.of(text.tokenizer(), '?'));
    }
    fact(
        page,
        "parameters",
        Numbers.count(parameters.total())
            + ", "
            + Numbers.count(parameters.withoutEmbeddings())
            + " without embeddings");
    fact(
        page,
        "training",
        Numbers.count(plan.steps()) + " steps of " + Numbers.plural(plan.batchSize(), "sequence"));
    fact(page, "optimizer", OptimizerWords.of(plan.optimizer()));
    fact(
        page,
        "rate",
        Numbers.plain(schedule.peak())
            + ", warm-up "
            + Numbers.percent(schedule.warmup())
            + ", flat "
            + Numbers.percent(schedule.flat())
            + ", then "
            + schedule.decay().name().toLowerCase(Locale.ROOT)
            + " to zero");
    fact(
        page,
        "initialization",
        "deviation "
            + Numbers.plain(plan.initialization().embeddingDeviation())
            + " of embeddings, "
            + Numbers.plain(plan.initialization().weightDeviation())
            + " of weights");
  }

  private static void provenance(TrialResult result, Page page) {
    Provenance provenance = result.provenance();
    page.heading("Where it comes from");
    fact(page, "engine", Summary.name(provenance.engine()));
    fact(page, "data", "SHA-256 " + provenance.dataHash());
    fact(page, "Mneme", provenance.mnemeVersion());
    fact(page, "Java", provenance.java());
    fact(page, "system", provenance.operatingSystem());
    fact(page, "processor", provenance.processor());
    fact(
        page,
        "time",
        Numbers.decimals(provenance.seconds(), 2)
            + " s for "
            + Numbers.count(provenance.trainedTokens())
            + " tokens, "
            + Numbers.brief(provenance.tokensPerSecond())
            + " tokens/s");
    fact(page, "cost", CostWords.of(Cost.of(List.of(result))));
  }

  private static void fact(Page page, String name, String value) {
    page.line(
        "  " + page.style(Style.FAINT, name + " ".repeat(Math.max(1, 16 - name.length()))) + value);
  }
}
