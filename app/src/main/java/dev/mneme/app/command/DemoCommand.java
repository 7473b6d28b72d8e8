package dev.mneme.app.command;

import dev.mneme.app.Program;
import dev.mneme.app.config.ConfigFile;
import dev.mneme.app.config.Layer;
import dev.mneme.app.config.Resolved;
import dev.mneme.app.config.Resolver;
import dev.mneme.app.config.Setting;
import dev.mneme.app.config.UsageException;
import dev.mneme.model.InvalidConfigurationException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A few minutes that show the whole idea; its grid lies in the resource `demo.yaml`.
@Command(
    name = "demo",
    header = "See it happen: a small grid of models, in about 5 minutes.",
    description =
        "Trains a few tiny models on random tokens, shows how the memorized bits bend into a"
            + " plateau, and prints bits per parameter with 95%% intervals, the line of capacity"
            + " against parameters, and five controls. The figures are lower bounds at this small"
            + " budget.",
    synopsisHeading = "%n@|bold Usage:|@ ",
    customSynopsis = "mneme demo [OPTIONS]",
    descriptionHeading = "%n",
    optionListHeading = "%n@|bold Options|@%n")
final class DemoCommand implements Callable<Integer>, CommandLines.HasCommonOptions {
  /// Settings that fit the demo's fixed grid.
  static final Set<Setting<?>> SETTINGS =
      Set.of(
          Setting.ENGINE,
          Setting.DEVICE,
          Setting.PRECISION,
          Setting.THREADS,
          Setting.SEED,
          Setting.SEEDS);

  private final Program program;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StudyOptions options = new StudyOptions();

  DemoCommand(Program program) {
    this.program = program;
    this.spec = CommandSpec.create(); // replaced by picocli
  }

  @Override
  public Integer call() {
    List<Layer> layers = new ArrayList<>();
    layers.add(grid());
    options
        .results()
        .config()
        .ifPresent(file -> layers.add(ConfigFile.read(program.folder().resolve(file))));
    layers.add(SettingOptions.read(spec.commandLine().getParseResult()));
    requireSeeds(layers);
    Resolved settings = new Resolver(layers, program.processors()).resolve();
    return StudyCommand.run(program, "demo", common, options, settings);
  }

  /// The demo tries every size with 3 seeds, unless a file says otherwise.
  private static void requireSeeds(List<Layer> layers) {
    List<Layer> later = layers.subList(1, layers.size());
    if (later.stream().anyMatch(layer -> layer.values().containsKey(Setting.SCAN_SEEDS.name()))) {
      return;
    }
    later.stream()
        .flatMap(layer -> Optional.ofNullable(layer.values().get(Setting.SEEDS.name())).stream())
        .reduce((earlier, stronger) -> stronger)
        .filter(seeds -> seeds.text().strip().matches("[12]"))
        .ifPresent(seeds -> {
          throw new UsageException(
              List.of(
                  new Problem(
                      seeds.source(),
                      seeds.text(),
                      "at least 3: the demo needs at least 3 seeds",
                      "Leave it out, or use mneme capacity.")));
        });
  }

  /// The demo's own settings.
  static Layer grid() {
    try (InputStream stream = DemoCommand.class.getResourceAsStream("/dev/mneme/app/demo.yaml")) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its resource demo.yaml");
      }
      return ConfigFile.parse(
          new String(stream.readAllBytes(), StandardCharsets.UTF_8), "demo.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CommonOptions commonOptions() {
    return common;
  }
}
