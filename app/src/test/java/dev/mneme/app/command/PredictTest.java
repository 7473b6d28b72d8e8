package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.app.ExitStatus;
import dev.mneme.app.StopSignal;
import dev.mneme.app.report.PublicModels;
import dev.mneme.law.Prediction;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.model.checkpoint.HuggingFaceCheckpoint;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PredictTest {
  @TempDir Path folder;

  private Invocation predict(String... arguments) {
    return Invocation.of(
        folder,
        Stream.concat(Stream.of("predict"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  private String answer(String arguments) {
    Invocation run = predict(arguments.split(" "));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.OK);
    return run.out();
  }

  private JsonNode json(String arguments) {
    return JsonMapper.shared().readTree(answer(arguments + " --json"));
  }

  private void refused(String arguments, String... parts) {
    Invocation run = predict(arguments.split(" "));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(parts)
        .contains("expected")
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }

  @Test
  void theAnswerStandsOnTheFirstLine() {
    String out = answer("--parameters 8B --tokens 15T");
    assertThat(out.lines().findFirst().orElseThrow())
        .contains(
            "8B parameters, 15T tokens: F1 0.500 (0.500–0.590), generalizing",
            "capacity 29.1 Gbit (3.6 GB)");
    assertThat(out)
        .contains("8,000,000,000", "8,044 (7,645–8,342): generalizing", "S 64, V 50,257")
        .contains("28.1 Gbit–30.6 Gbit", "3.64 bits per parameter (3.51–3.83)")
        .contains("±0.09, the largest error among the six published rows")
        .containsPattern("0\\.55 +858M +54\\.9B\\R +0\\.75 +387M +24\\.8B\\R +0\\.95 +96\\.8M");
  }

  @Test
  void theCaveatsStandWithEveryAnswer() {
    for (String arguments :
        new String[] {"--parameters 1M --samples 5K", "--tokens 1B --risk 0.6", "--compare"}) {
      String words = answer(arguments).replaceAll("\\s+", " ");
      for (String caveat : Prediction.CAVEATS) {
        assertThat(words).contains(caveat);
      }
      assertThat(json(arguments).required("caveats")).hasSize(Prediction.CAVEATS.size());
    }
  }

  /// The first row of the published table: 0.546, N 170,654,583.
  @Test
  void samplesAndShapeMayBeGiven() {
    JsonNode model =
        json("--parameters 1556M --samples 170,654,583 --sequence-length 64 --vocabulary 50257")
            .required("models")
            .get(0);
    assertThat(model.required("membershipF1").required("value").asDouble())
        .isCloseTo(0.546, within(0.0005));
    assertThat(model.required("regime").asString()).isEqualTo("generalizing");
    JsonNode other =
        json("--parameters 1M --samples 1K --sequence-length 10 --vocabulary 1024")
            .required("models")
            .get(0);
    assertThat(other.required("data").required("bits").asDouble()).isCloseTo(1e5, within(1e-6));
    assertThat(other.required("memorizedBitsPerSample").required("value").asDouble())
        .isCloseTo(100, within(1e-9));
  }

  @Test
  void regimesAreNamedWithWhatElseTheRangeOfAlphaAllows() {
    assertThat(answer("--parameters 1M --tokens 100K")).contains(": memorizing");
    assertThat(answer("--parameters 1M --tokens 235K")).contains(": at the double-descent point");
    assertThat(answer("--parameters 1M --tokens 250K"))
        .contains("(1.02–1.11): at the double-descent point, perhaps generalizing");
    assertThat(answer("--parameters 1M --tokens 250K --alpha 2"))
        .contains(": generalizing", "2 bits per parameter\n", "as given");
    assertThat(answer("--parameters 1M --tokens 250K --alpha 1:2:3.5")).contains("(1–3.5)");
  }

  @Test
  void aRiskGivesTheLargestModel() {
    assertThat(answer("--tokens 1B --risk 0.55").lines().findFirst().orElseThrow())
        .isEqualTo(
            "For data of 15.6 Gbit and F1 at most 0.55 a model may have up to 146M parameters");
    assertThat(answer("--tokens 1 --risk 0.55")).contains("no model is small enough");
    assertThat(answer("--parameters 1M --tokens 1B --risk 0.55"))
        .contains("1M parameters, 1B tokens", "up to 146M parameters");
    double parameters =
        json("--tokens 1B --risk 0.55").required("largestModel").required("parameters").asDouble();
    JsonNode at = json("--tokens 1B --parameters " + (long) parameters).required("models").get(0);
    assertThat(at.required("membershipF1").required("value").asDouble())
        .isCloseTo(0.55, within(1e-6));
  }

  @Test
  void modelsStandSideBySide() {
    String all = answer("--compare");
    assertThat(all.lines().toList())
        .anySatisfy(line -> assertThat(line).contains("gpt-3", "175B", "300B", "0.871"))
        .anySatisfy(line -> assertThat(line).contains("llama-3-8b", "8.03B", "15T", "0.500"));
    assertThat(PublicModels.names()).allSatisfy(name -> assertThat(all).contains(name));
    String some =
        answer("--parameters 1M --tokens 1M --compare Llama-3-8b mine=1.3B:30B --compare gpt-3");
    assertThat(some).contains("given", "llama-3-8b", "mine", "gpt-3").doesNotContain("chinchilla");
    JsonNode models = json("--compare mine=1.3B:30B gpt-3").required("models");
    assertThat(models).hasSize(2);
    assertThat(models.get(0).required("name").asString()).isEqualTo("mine");
    assertThat(models.get(1).required("parameters").asLong()).isEqualTo(175_000_000_000L);
  }

  @Test
  void aConfigurationOfHuggingFaceIsCounted() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "num_hidden_layers": 32,
         "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
         "max_position_embeddings": 8192}
        """);
    assertThat(answer("--config-json config.json --tokens 15T"))
        .contains("8,030,261,248", "S 8192, V 128,256", "F1 0.500");
    assertThat(answer("--config-json config.json --tokens 15T --vocabulary 2 --sequence-length 64"))
        .contains("S 64, V 2");
  }

  @Test
  void aConfigurationWithoutTheFieldsIsRefusedByField() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"gpt2\", \"n_embd\": 8, \"vocab_size\": 9}");
    refused(
        "--config-json config.json --tokens 15X",
        "3 things",
        "--config-json n_layer  got nothing",
        "--config-json n_positions  got nothing",
        "--tokens  got 15X");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"mixtral\"}");
    refused("--config-json config.json --tokens 1T", "model_type  got \"mixtral\"", "--parameters");
    Files.writeString(folder.resolve("config.json"), "not JSON");
    refused("--config-json config.json --tokens 1T", "valid JSON");
    refused("--config-json nowhere.json --tokens 1T", "nowhere.json: no such file");
    refused("--config-json . --tokens 1T", "a folder, not a file");
  }

  @Test
  void aStoredModelIsRead() throws IOException {
    GptConfig config = new GptConfig(1, 4, 1, 8, 4, true);
    HuggingFaceCheckpoint.write(
        folder.resolve("saved"),
        config,
        new Initialization(0.5, 0.3).draw(ParameterLayout.of(config), new Seed(3)));
    assertThat(answer("--model saved --samples 90"))
        .contains("300 parameters, 360 tokens", "1.1 kbit (S 4, V 8)");
    refused(
        "--model nothing --samples 0", "2 things", "no such file or folder", "--samples  got 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--parameters 0 --tokens 1T | --parameters  got 0",
        "--parameters -3 --tokens 1T | --parameters  got -3",
        "--parameters NaN --tokens 1T | --parameters  got NaN",
        "--parameters 1e30 --tokens 1T | --parameters  got 1e30",
        "--parameters 8G --tokens 1T | with K, M, B or T",
        "--parameters 8B --tokens 1e30 | --tokens  got 1e30",
        "--parameters 8B --samples 1.5 | --samples  got 1.5",
        "--parameters 8B | expected --tokens or --samples",
        "--tokens 1T | expected --parameters, --config-json or --model",
        "--parameters 8B --tokens 1T --samples 5 | --tokens and --samples",
        "--parameters 8B --config-json x --tokens 1T | --parameters and --config-json",
        "--parameters 8B --tokens 1T --vocabulary 1 | --vocabulary  got 1",
        "--parameters 8B --tokens 1T --sequence-length 2B | at most 1,000,000,000",
        "--parameters 8B --tokens 1T --alpha 0 | --alpha  got 0.0",
        "--parameters 8B --tokens 1T --alpha 65 | at most 64",
        "--parameters 8B --tokens 1T --alpha 4:3:2 | in this order",
        "--parameters 8B --tokens 1T --alpha 1:2 | LOW:VALUE:HIGH",
        "--parameters 8B --tokens 1T --alpha x | LOW:VALUE:HIGH",
        "--tokens 1T --risk 0.5 | --risk  got 0.5",
        "--tokens 1T --risk 1 | below 1",
        "--risk 0.6 | expected --tokens or --samples",
        "--compare lama-3-8b | Did you mean llama-3-8b?",
        "--compare mine=1B | NAME=PARAMETERS:TOKENS",
        "--compare mine=1B:0 | --compare mine  got 0",
        "--compare mine=1B:2B:3B | NAME=PARAMETERS:TOKENS",
        "--parametres 8B | Did you mean --parameters?"
      })
  void mistakesAreNamed(String arguments, String part) {
    refused(arguments, part);
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    refused(
        "--parameters 0 --tokens -5 --risk NaN --alpha 1:2 --vocabulary 1 --sequence-length 1e30",
        "6 things cannot be done");
    refused("--alpha 3.6", "2 things", "model  got nothing", "data  got nothing");
  }

  @Test
  void helpShowsExamplesAndPlainTerminalsGetPlainCharacters() {
    assertThat(answer("--help"))
        .contains("mneme predict --parameters 8B --tokens 15T", "--compare");
    String ascii =
        Invocation.with(
                folder,
                Engines::create,
                new StopSignal(),
                StandardCharsets.US_ASCII,
                "predict",
                "--parameters",
                "8B",
                "--tokens",
                "15T")
            .out();
    assertThat(ascii).contains("F1 0.500 (0.500-0.590)", "+/-0.09").doesNotContain("?");
  }
}
