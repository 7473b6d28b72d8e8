package dev.mneme.app.command;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.Program;
import dev.mneme.app.config.EngineChoice;
import dev.mneme.app.config.EngineName;
import dev.mneme.app.config.UsageException;
import dev.mneme.app.output.Page;
import dev.mneme.app.report.QuantizationPage;
import dev.mneme.engine.Engine;
import dev.mneme.experiment.QuantizationCurve;
import dev.mneme.experiment.QuantizationJson;
import dev.mneme.experiment.StorageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import dev.mneme.model.checkpoint.AtomicFiles;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.model.checkpoint.FileTrouble;
import dev.mneme.model.quantization.WeightFormat;
import dev.mneme.training.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Rounds saved models and measures what they still remember; changes no model.
@Command(
    name = "quantize",
    header = "Measure how many memorized bits survive when weights are rounded.",
    description =
        "Rounds the weights of saved models to fewer and fewer bits, with a scale for every output"
            + " unit, and scores each rounded model on the random tokens that it was trained on."
            + " Changes no model.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme quantize FOLDER... [OPTIONS]",
    descriptionHeading = "%n",
    parameterListHeading = "%n@|bold What to read|@%n",
    optionListHeading = "%n@|bold Options|@%n",
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  mneme capacity --model 1x16 --save-models -o runs/small",
      "  mneme quantize runs/small/models/* -o runs/small/quantization.json",
      "  mneme quantize runs/small/models/* --format int8,int4,ternary --json%n"
    })
final class QuantizeCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  /// As `capacity --save-models` names them.
  private static final Pattern NAME =
      Pattern.compile("\\d+x\\d+-N(\\d{1,9})-seed(-?\\d{1,18})(-\\d+)?");

  private final Program program;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "FOLDER",
      arity = "1..*",
      description = "Folders of models, as capacity --save-models writes them.")
  private List<Path> folders = List.of();

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "NAME",
      description =
          "How to store weights: fp32, bf16, int8, int6, int4, int3, int2 or ternary; several with"
              + " commas. All of them unless given.")
  private List<String> formats = List.of();

  @Option(
      names = "--data-seed",
      paramLabel = "K",
      description = "Seed of the trials. In the names of the folders unless given.")
  private Optional<Long> dataSeed = Optional.empty();

  @Option(
      names = "--sequences",
      paramLabel = "N",
      description = "Data set size of the trials. In the names of the folders unless given.")
  private Optional<Integer> sequences = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.json",
      description =
          "Write the result as JSON into this new file, too. The report of a run shows the one"
              + " named quantization.json in its folder.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--json",
      description = "Print the result as JSON, and nothing else, to standard output.")
  private boolean json;

  QuantizeCommand(Program program) {
    this.program = program;
  }

  /// A model and what it was trained on.
  private record Trained(ModelFolder model, int sequences, long seed) {}

  @Override
  public Integer call() {
    common.setUpLogging();
    List<Problem> problems = new ArrayList<>();
    List<WeightFormat> chosen = chosen(problems);
    Map<String, Trained> models = new LinkedHashMap<>();
    for (Path folder : folders) {
      read(folder, problems).ifPresent(trained -> models.put(folder.toString(), trained));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    if (output.isPresent() && Files.exists(program.folder().resolve(output.get()))) {
      throw new UsageException(
          "-o",
          output.get() + ", which is there",
          "a free name",
          "Nothing is overwritten: take another name, or move the old file away.");
    }
    Engine engine = program.engines().apply(EngineChoice.of(EngineName.VECTOR));
    Map<String, QuantizationJson.Model> curves = new LinkedHashMap<>();
    models.forEach((folder, trained) -> curves.put(folder, curve(engine, trained, chosen)));
    output.ifPresent(file -> write(program.folder().resolve(file), QuantizationJson.write(curves)));
    if (json) {
      program.standard().out().print(QuantizationJson.write(curves));
      program.standard().out().flush();
    } else {
      Page page = common.outPage(program.standard());
      QuantizationPage.write(curves, page);
      page.printTo(program.standard().out());
    }
    return ExitStatus.OK;
  }

  private static void write(Path file, String text) {
    try {
      AtomicFiles.writeFile(
          file,
          AtomicFiles.Existing.REFUSE,
          out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new StorageException(
          new Problem(
              "-o",
              file + " (" + FileTrouble.phrase(e) + ")",
              "a place that can be written",
              "Take another place."),
          e);
    }
  }

  private static QuantizationJson.Model curve(
      Engine engine, Trained trained, List<WeightFormat> formats) {
    QuantizationCurve curve =
        ModelScoring.scored(
            trained.sequences(),
            () ->
                QuantizationCurve.measure(
                    engine,
                    trained.model().weights(),
                    trained.sequences(),
                    trained.seed(),
                    formats));
    return new QuantizationJson.Model(trained.model().weights().config(), curve);
  }

  private List<WeightFormat> chosen(List<Problem> problems) {
    List<WeightFormat> chosen = new ArrayList<>();
    for (String name : formats) {
      Optional<WeightFormat> format = WeightFormat.named(name.strip());
      format.ifPresent(chosen::add);
      if (format.isEmpty()) {
        String known =
            Arrays.stream(WeightFormat.values())
                .map(WeightFormat::toString)
                .collect(Collectors.joining(", "));
        problems.add(
            new Problem("--format", name, "of " + known, "Several are separated by commas."));
      }
    }
    return formats.isEmpty() ? List.of(WeightFormat.values()) : chosen;
  }

  private Optional<Trained> read(Path folder, List<Problem> problems) {
    Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
    boolean named = name.matches();
    Optional<Integer> count =
        sequences.or(() -> named ? Optional.of(Integer.valueOf(name.group(1))) : Optional.empty());
    Optional<Long> seed =
        dataSeed.or(() -> named ? Optional.of(Long.valueOf(name.group(2))) : Optional.empty());
    if (count.isEmpty() || seed.isEmpty()) {
      problems.add(
          new Problem(
              count.isEmpty() ? "--sequences" : "--data-seed",
              "nothing, and a folder named " + folder.getFileName(),
              "a number, or a folder named such as 1x32-N500-seed1",
              "The line of the trial in trials.jsonl has both."));
    }
    count
        .filter(number -> number < 1)
        .ifPresent(number ->
            problems.add(
                new Problem(
                    "--sequences",
                    String.valueOf(number),
                    "1 or more",
                    "The line of the trial in trials.jsonl has it.")));
    try {
      ModelFolder model = ModelFolder.read(program.folder().resolve(folder));
      count.flatMap(number -> ModelScoring.tooMany(model, number)).ifPresent(problems::add);
      return count.flatMap(number -> seed.map(known -> new Trained(model, number, known)));
    } catch (CorruptCheckpointException e) {
      problems.addAll(e.problems());
    } catch (OutOfMemoryError e) {
      problems.add(ModelScoring.memory("model", folder.toString()));
    }
    return Optional.empty();
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
