package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `text` on the embedded corpus, the whole way: from documents to what models remember of them. A
/// small version of `experiments/text-hour.yaml`. Directions are asserted where they are far from
/// noise.
class TextCommandTest {
  private static final String STUDY =
      """
      name: small
      tokenizer: gpt2-300
      sequence-length: 16
      full-size: 8192
      sizes: [32, 128, 512, 2048]
      models: [1x16, 1x48]
      oracle: 1x64
      oracle-steps: [200, 800]
      oracle-learning-rate: 0.005
      steps: 700
      curve-points: 6
      test-size: 600
      reference-size: 300
      probed: 400
      prefixes: [4, 12]
      """;

  @TempDir private static Path folder;
  private static Invocation run;
  private static JsonNode report;

  @BeforeAll
  static void study() throws IOException {
    Files.writeString(folder.resolve("small.yaml"), STUDY);
    run = Invocation.of(folder, "text", "--config", "small.yaml", "-o", "out", "-q");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.OK);
    report = JsonMapper.shared().readTree(Files.readString(folder.resolve("out/report.json")));
  }

  private static List<JsonNode> query(String sql) {
    Invocation answer = Invocation.of(folder, "query", "--json", sql);
    assertThat(answer.status()).as(answer.err()).isEqualTo(ExitStatus.OK);
    return answer.out().lines().map(JsonMapper.shared()::readTree).toList();
  }

  /// One figure per size of a model's trials, in ascending order of size.
  private static double[] figures(int width, String figure) {
    List<JsonNode> rows =
        query(
            "SELECT "
                + figure
                + " AS figure FROM trials t WHERE width = "
                + width
                + " AND seed = 1 ORDER BY sequences");
    List<Double> figures = new ArrayList<>();
    rows.forEach(row -> figures.add(row.required("figure").asDouble()));
    assertThat(figures).hasSize(5);
    return figures.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// Mean bits that a model saves on its training sequences beside the oracle, clipped.
  private static double[] unintended(int width) {
    return figures(
        width,
        """
        (SELECT avg(greatest(0, o.code_length_bits - s.code_length_bits))
         FROM sample_scores s JOIN sample_scores o ON o.sample = s.sample
         WHERE s.trial = t.id AND s.data = 'training' AND o.data = 'training'
           AND o.trial = (SELECT id FROM trials WHERE width = 64 AND steps = 800))
        """);
  }

  private static double[] extracted(int width, String data) {
    return figures(
        width,
        "(SELECT avg(CAST(reproduced = 4 AS DOUBLE)) FROM completions c WHERE c.trial = t.id AND"
            + " prefix = 12 AND data = '"
            + data
            + "')");
  }

  @Test
  void memorizationFallsWithDataAndRisesWithParameters() {
    double[] small = unintended(16);
    double[] large = unintended(48);
    assertThat(small[0]).isGreaterThan(2 * small[2]).isGreaterThan(4 * small[4]);
    assertThat(large[0]).isGreaterThan(2 * large[3]);
    assertThat(large[1]).isGreaterThan(1.2 * small[1]);
    assertThat(large[2]).isGreaterThan(1.5 * small[2]);
  }

  @Test
  void trainingExtractionFallsToThatOfHeldOutText() {
    double[] training = extracted(48, "training");
    double[] heldOut = extracted(48, "fresh");
    assertThat(training[0]).isGreaterThan(0.9);
    assertThat(training[4]).isLessThan(0.2);
    assertThat(Math.abs(training[4] - heldOut[4])).isLessThan(0.05);
    assertThat(Arrays.stream(heldOut).max().orElseThrow()).isLessThan(0.2);
  }

  @Test
  void understandingComesWithData() {
    double[] heldOut = figures(48, "fresh_net_bits");
    assertThat(heldOut[4]).isGreaterThan(0).isGreaterThan(heldOut[1]);
    double[] training = figures(48, "net_bits / sequences");
    assertThat(training).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void membershipFadesWithData() {
    JsonNode cells = report.required("models").get(1).required("cells");
    double[] f1 = new double[cells.size()];
    for (int i = 0; i < f1.length; i++) {
      JsonNode loss = cells.get(i).required("attacks").required("results").get(0);
      assertThat(loss.required("attack").asString()).isEqualTo("loss");
      f1[i] = loss.required("balancedF1").required("mean").asDouble();
    }
    assertThat(f1).hasSize(5);
    assertThat(f1[0]).isGreaterThan(0.95);
    assertThat(f1[2]).isGreaterThan(f1[4]);
    assertThat(f1[4]).isBetween(0.45, 0.65);
  }

  /// 2 models at 5 sizes, their references, and two oracles.
  @Test
  void theMembershipLawIsFittedToStoredAttacks() {
    Invocation law = Invocation.of(folder, "law", "membership", "--json", "--experiment", "small");
    assertThat(law.status()).as(law.err()).isEqualTo(ExitStatus.OK);
    JsonNode answer = JsonMapper.shared().readTree(law.out());
    assertThat(answer.required("observations").asInt()).isEqualTo(14);
    assertThat(answer.required("constants").required("c1").required("mean").asDouble())
        .isPositive();
    assertThat(answer.required("residualDeviation").asDouble()).isLessThan(0.1);
  }

  /// A second run finds every trial in the store and comes to the same report.
  @Test
  void aSecondRunTrainsNothingAndSaysTheSame() throws IOException {
    List<JsonNode> before = query("SELECT max(number) AS last FROM trials");
    Invocation again = Invocation.of(folder, "text", "--config", "small.yaml", "-o", "twice", "-q");
    assertThat(again.status()).as(again.err()).isEqualTo(ExitStatus.OK);
    assertThat(query("SELECT max(number) AS last FROM trials")).isEqualTo(before);
    assertThat(folder.resolve("twice/report.json"))
        .hasSameTextualContentAs(folder.resolve("out/report.json"));
    assertThat(folder.resolve("twice/config.yaml"))
        .hasSameTextualContentAs(folder.resolve("out/config.yaml"));
  }

  @Test
  void otherCommandsKnowThatTheseAreTrialsOnText() {
    String id =
        query("SELECT id FROM trials ORDER BY number LIMIT 1").getFirst().required("id").asString();
    Invocation show = Invocation.of(folder, "show", id);
    assertThat(show.out())
        .contains("remembered or understood", "held-out text", "sotu, tokenizer gpt2-300")
        .doesNotContain("bits per parameter");
    Invocation law = Invocation.of(folder, "law", "capacity");
    assertThat(law.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(query("SELECT count(*) AS points FROM capacity_points").getFirst())
        .isEqualTo(query("SELECT 0 AS points").getFirst());
  }

  @Test
  void nothingIsLeftBehindButResults() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("text-"))).isEmpty();
    }
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("config.yaml", "report.json", "summary.txt", "double-descent.png")
          .noneMatch(name -> name.startsWith("."));
    }
  }

  @Test
  void thePageTellsTheStory() throws IOException {
    assertThat(run.out())
        .contains("233 documents", "oracle", "1×16", "1×48")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
    assertThat(Files.readString(folder.resolve("out/summary.txt"))).contains("233 documents");
  }

  @Test
  void theShownConfigurationRepeatsTheStudy() {
    Invocation shown = Invocation.of(folder, "text", "--config", "small.yaml", "--show-config");
    assertThat(shown.out()).contains("tokenizer: gpt2-300", "sizes: [32, 128, 512, 2048]");
    assertThat(folder.resolve("out/config.yaml")).hasContent(shown.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tokenizer gpt3                      | tokenizer        | gpt2-V",
        "--corpus missing.jsonl                | missing.jsonl    | file",
        "--prefixes 16 --sequence-length 16    | prefixes         | below that of a sequence",
        "--sizes 100 --full-size 50            | sizes            | up to the full one",
        "--sizes 100000000                     | train sequences  | 1 to",
        "--model 1x0                           | width            | 1x0",
        "--oracle-steps 0                      | oracle-steps     | whole numbers from 1",
        "--test-share 0                        | test-share       | above 0",
        "--steps 3x                            | steps            | whole number",
      })
  void mistakesAreExplained(String arguments, String field, String expected) {
    List<String> words = new ArrayList<>(List.of("text", "-o", "wrong", "-q"));
    words.addAll(List.of(arguments.strip().split(" +")));
    Invocation refused = Invocation.of(folder, words.toArray(String[]::new));
    assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).contains(field, expected).doesNotContain("\tat ");
    assertThat(folder.resolve("wrong")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty.txt    | ''                          | no document",
        "one.txt      | only one document           | one document only",
        "other.jsonl  | {\"words\": \"some text\"}  | words",
      })
  void corporaThatGiveNothingAreExplained(String name, String content, String expected)
      throws IOException {
    Files.writeString(folder.resolve(name), content);
    Invocation refused = Invocation.of(folder, "text", "--corpus", name, "-o", "wrong", "-q");
    assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).contains(expected);
    assertThat(folder.resolve("wrong")).doesNotExist();
  }
}
