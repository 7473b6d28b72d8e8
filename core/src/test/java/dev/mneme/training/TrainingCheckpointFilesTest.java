package dev.mneme.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.RandomTokens;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.ModelState;
import dev.mneme.engine.Muon;
import dev.mneme.engine.Optimizer;
import dev.mneme.engine.Precision;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.checkpoint.CorruptCheckpointException;
import dev.mneme.random.Seed;
import dev.mneme.training.LearningRateSchedule.Decay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingCheckpointFilesTest {
  private static final List<String> FILES =
      List.of("model.safetensors", "optimizer.safetensors", "training.json", "SHA256SUMS");
  private static final AdamW ADAMW = new AdamW(0.9, 0.99, 1e-8, 0);
  private static final GptConfig CONFIG = new GptConfig(1, 2, 1, 3, 2, false);

  @TempDir Path folder;

  private static TrainingCheckpoint checkpoint(String precision, double factor) {
    return checkpoint(precision, factor, ADAMW);
  }

  private static TrainingCheckpoint checkpoint(
      String precision, double factor, Optimizer optimizer) {
    double[] parameters =
        new Initialization(0.3, 0.2).draw(ParameterLayout.of(CONFIG), new Seed(3));
    double[] moments = Arrays.stream(parameters).map(value -> value * factor).toArray();
    TrainingPlan plan =
        new TrainingPlan(
            100,
            3,
            new LearningRateSchedule(0.1 / 3, 0.1, 0.2, Decay.LINEAR),
            optimizer,
            Initialization.GPT2,
            4);
    return new TrainingCheckpoint(
        CONFIG,
        plan,
        new Seed(Long.MIN_VALUE + 1),
        RandomTokens.generate(new Seed(3), "data", 3, 2, 4).contentHash(),
        new EngineIdentity("some", 2, 256, precision),
        42,
        new ModelState(parameters, moments, parameters));
  }

  @Test
  void everyFieldComesBack() throws IOException {
    for (TrainingCheckpoint written :
        List.of(
            checkpoint("fp64", 1.0 / 3),
            checkpoint("fp32", 0.25),
            checkpoint("fp32", 0.5, new Muon(1.0 / 3, 0.1, 3, ADAMW)))) {
      Path path = folder.resolve(String.valueOf(written.hashCode()));
      TrainingCheckpointFiles.write(path, written);
      TrainingCheckpoint read = TrainingCheckpointFiles.read(path);
      assertThat(read).usingRecursiveComparison().isEqualTo(written);
      TrainerTest.assertSameBits(read.state(), written.state());
    }
  }

  /// The reference rounds its products, and its optimizer goes on in double precision.
  @ParameterizedTest
  @EnumSource(names = {"FP64", "BF16", "BF16_PURE", "TERNARY"})
  void theReferenceComesBackInEveryPrecision(Precision precision) throws IOException {
    TrainingCheckpoint some = checkpoint("fp64", 1.0 / 3);
    TrainingCheckpoint written =
        new TrainingCheckpoint(
            some.config(),
            some.plan(),
            some.seed(),
            some.dataHash(),
            new ReferenceEngine(precision).identity(),
            some.step(),
            some.state());
    TrainingCheckpointFiles.write(folder.resolve("x"), written);
    TrainerTest.assertSameBits(
        TrainingCheckpointFiles.read(folder.resolve("x")).state(), written.state());
  }

  @Test
  void aValueThatSinglePrecisionWouldRoundIsNotWritten() {
    assertThatThrownBy(
            () -> TrainingCheckpointFiles.write(folder.resolve("x"), checkpoint("fp32", 1.0 / 3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path path = folder.resolve("x");
    TrainingCheckpointFiles.write(path, checkpoint("fp64", 1));
    Map<String, byte[]> before = contents(path);
    assertThatThrownBy(() -> TrainingCheckpointFiles.write(path, checkpoint("fp64", 2)))
        .isInstanceOf(FileAlreadyExistsException.class);
    contents(path).forEach((name, bytes) -> assertThat(bytes).isEqualTo(before.get(name)));
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Path path = folder.resolve("x");
    TrainingCheckpointFiles.write(path, checkpoint("fp64", 1));
    for (Map.Entry<String, byte[]> file : contents(path).entrySet()) {
      byte[] whole = file.getValue();
      for (int length = 0; length < whole.length; length++) {
        Files.write(path.resolve(file.getKey()), Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> TrainingCheckpointFiles.read(path))
            .as("%s cut to %d bytes", file.getKey(), length)
            .isInstanceOf(CorruptCheckpointException.class);
      }
      Files.write(path.resolve(file.getKey()), whole);
    }
    assertThat(TrainingCheckpointFiles.read(path).step()).isEqualTo(42);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    for (String name : FILES) {
      Path path = folder.resolve("without-" + name);
      TrainingCheckpointFiles.write(path, checkpoint("fp64", 1));
      Files.delete(path.resolve(name));
      assertThatThrownBy(() -> TrainingCheckpointFiles.read(path))
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageContaining(name);
    }
  }

  @Property(tries = 400, seed = "42")
  void everyAlteredByteIsNoticed(
      @ForAll @IntRange(min = 0, max = 3) int file,
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int mask)
      throws IOException {
    Path path = Altered.FOLDER;
    Path altered = path.resolve(FILES.get(file));
    byte[] whole = Altered.CONTENTS.get(FILES.get(file));
    byte[] bytes = whole.clone();
    bytes[place % bytes.length] ^= (byte) mask;
    Files.write(altered, bytes);
    try {
      assertThatThrownBy(() -> TrainingCheckpointFiles.read(path))
          .isInstanceOf(CorruptCheckpointException.class);
    } finally {
      Files.write(altered, whole);
    }
  }

  /// Digests protect from accidents, not from malice: what lies behind them is checked as well.
  @Property(tries = 400, seed = "43")
  void noAlteredByteWithRenewedDigestsEndsInAnotherException(
      @ForAll @IntRange(min = 0, max = 2) int file,
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int mask)
      throws IOException {
    Path path = Altered.FOLDER;
    Path altered = path.resolve(FILES.get(file));
    byte[] whole = Altered.CONTENTS.get(FILES.get(file));
    byte[] bytes = whole.clone();
    bytes[place % bytes.length] ^= (byte) mask;
    Files.write(altered, bytes);
    Files.write(path.resolve("SHA256SUMS"), TrainingCheckpointFiles.sums(path));
    try {
      TrainingCheckpoint read = TrainingCheckpointFiles.read(path);
      assertThat(read.state().parameters()).hasSize(ParameterLayout.of(read.config()).size());
    } catch (CorruptCheckpointException e) {
      assertThat(e).hasMessageContaining("expected");
    } finally {
      Files.write(altered, whole);
      Files.write(path.resolve("SHA256SUMS"), Altered.CONTENTS.get("SHA256SUMS"));
    }
  }

  private static Map<String, byte[]> contents(Path path) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (String name : FILES) {
      contents.put(name, Files.readAllBytes(path.resolve(name)));
    }
    return contents;
  }

  /// One checkpoint for all tries of the properties, which restore what they alter.
  private static final class Altered {
    static final Path FOLDER;
    static final Map<String, byte[]> CONTENTS;

    static {
      try {
        FOLDER = Files.createTempDirectory("mneme-altered");
        TrainingCheckpointFiles.write(FOLDER, checkpoint("fp64", 1.0 / 3));
        CONTENTS = contents(FOLDER);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      FOLDER.toFile().deleteOnExit();
      FILES.forEach(name -> FOLDER.resolve(name).toFile().deleteOnExit());
    }
  }
}
