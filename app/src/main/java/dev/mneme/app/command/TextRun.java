package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.TextStudySettings;
import dev.mneme.app.output.Page;
import dev.mneme.app.progress.ProgressDisplay;
import dev.mneme.app.report.TextDataPages;
import dev.mneme.app.report.TextPages;
import dev.mneme.attack.MostMemorized;
import dev.mneme.data.text.TextDataset;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.Experiment;
import dev.mneme.experiment.LocalExecutor;
import dev.mneme.experiment.ModelSink;
import dev.mneme.experiment.ResumingExecutor;
import dev.mneme.experiment.RunFolder;
import dev.mneme.experiment.TrialCheckpoints;
import dev.mneme.experiment.TrialExecutor;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialRunner;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.store.TrialStore;
import dev.mneme.text.TextAnalysis;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextReportJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Reads a corpus, trains what a study on text needs, and writes what it found into a run folder.
final class TextRun {
  private final Program program;
  private final CommonOptions common;
  private final ResultOptions options;

  TextRun(Program program, CommonOptions common, ResultOptions options) {
    this.program = program;
    this.common = common;
    this.options = options;
  }

  /// What came of it.
  ///
  /// @param report what was found
  /// @param page writes it for a person
  /// @param json the same for other programs
  /// @param folder where it was written
  /// @param interrupted whether trials are missing
  record Finished(
      TextReport report, Consumer<Page> page, String json, Path folder, boolean interrupted) {
    void writeTo(Page target) {
      page.accept(target);
    }
  }

  Finished run(TextStudySettings settings) {
    Path path = options.folder(program, "text");
    String purpose = "mneme text " + settings.name();
    try (ProgressDisplay display =
        new ProgressDisplay(program.standard(), common.quiet(), Optional.empty())) {
      try (TrialStore store = options.store().open(program, purpose)) {
        display.say("Reading " + settings.corpus().name());
        Path parent = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
        TextStudyData study = read(settings, parent);
        StudyCommand.requireMemory(study.plan().trials(), Runtime.getRuntime().maxMemory());
        try (RunFolder folder = ResultOptions.create(path)) {
          return run(study, settings, folder, store, display);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads the corpus. Working files are gone when this returns, hours before the study ends.
  private static TextStudyData read(TextStudySettings settings, Path parent) throws IOException {
    Files.createDirectories(parent);
    try (TextDataset data =
        TextDataset.build(settings.corpus(), settings.tokenizer(), settings.options(), parent)) {
      return TextStudyData.of(settings, data);
    }
  }

  private Finished run(
      TextStudyData study,
      TextStudySettings settings,
      RunFolder folder,
      TrialStore store,
      ProgressDisplay display)
      throws IOException {
    Engine engine = program.engines().apply(settings.engine());
    List<TrialSpecification> trials = study.plan().trials();
    folder.write("config.yaml", settings.yaml());
    Experiment experiment =
        new Experiment(settings.name(), Experiment.Kind.TEXT, "", settings.yaml(), trials);
    store.register(StoreOptions.record(experiment), experiment.ids(engine.identity()));
    display.say("Writing to " + folder.path() + "  (Ctrl-C stops; the same command goes on)");
    display.plannedAll(trials);
    List<TrialResult> results = train(study, settings, engine, store, display);
    display.say("Comparing models with their references");
    TextReport report =
        new TextAnalysis(
                study.plan(),
                study.training(),
                study.unseen(),
                store::scores,
                model -> store.largestCapacity(model, engine.identity().precision()))
            .report(results);
    Function<MostMemorized.Sample, String> text = sample -> study.text(sample.index());
    Consumer<Page> page =
        target -> {
          TextDataPages.write(study.report(), study.near(), target);
          TextPages.write(report, text, target);
        };
    String json = TextReportJson.write(report, sample -> study.pieces(sample.index()));
    folder.write(RunFolder.REPORT, json);
    Page summary = Page.ofFile();
    page.accept(summary);
    folder.write(RunFolder.SUMMARY, summary.text());
    TextPictureFiles.write(report, folder);
    return new Finished(report, page, json, folder.path(), results.size() < trials.size());
  }

  private List<TrialResult> train(
      TextStudyData study,
      TextStudySettings settings,
      Engine engine,
      TrialStore store,
      ProgressDisplay display) {
    TrialCheckpoints checkpoints = options.store().trialCheckpoints(program);
    TrialRunner runner = TrialRunner.on(engine, study.trialData(), ModelSink.NONE, checkpoints);
    int threads = settings.threads().orElse(program.processors());
    try (TrialExecutor executor =
        new ResumingExecutor(
            new LocalExecutor(runner, threads, ExperimentRun.trialMemory()),
            store,
            checkpoints,
            engine.identity(),
            ResumingExecutor.Failed.RETRY)) {
      return executor.run(study.plan().trials(), display, program.stop());
    }
  }
}
