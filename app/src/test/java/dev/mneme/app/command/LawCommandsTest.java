package dev.mneme.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.app.ExitStatus;
import dev.mneme.law.MembershipLaw;
import dev.mneme.law.Prediction;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `law`, from trials that `run` kept and from files of observations.
class LawCommandsTest {
  /// Small and short enough for a test; every peak has larger sizes beside it.
  private static final String GRID =
      """
      description: Tiny models past their peaks
      models: [1x4, 1x8]
      vocabulary: 8
      sequence-length: 4
      sequences: [4, 16, 32, 64, 128]
      steps: 150
      batch-size: 16
      learning-rate: 0.05
      curve-points: 1
      seeds: 2
      engine: reference
      """;

  @TempDir Path folder;

  private Invocation mneme(String... arguments) {
    return Invocation.of(folder, arguments);
  }

  private Invocation done(String... arguments) {
    Invocation run = mneme(arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.OK);
    return run;
  }

  private void refused(Invocation run, String... parts) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(parts).doesNotContain("Exception").doesNotContain("\tat ");
  }

  private static JsonNode json(Invocation run) {
    return JsonMapper.shared().readTree(run.out());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aLineIsFittedToWhatARunKept() throws IOException {
    write("grid.yaml", GRID);
    done("run", "grid.yaml", "-q");
    Invocation page = done("law", "capacity", "--experiment", "grid");
    assertThat(page.err()).isEmpty();
    assertThat(page.out())
        .contains("lower bounds at these training budgets", "Capacities in fp64")
        .contains("1×4", "1×8", "300", "984", "seen", "not stored")
        .contains("least squares through the origin over 2 models")
        .contains("95% interval over seeds", "3.51 mean in bf16, 3.83 mean in fp32, 3.64 slope");

    // what the line was fitted to, out of the store
    JsonNode answer = json(done("law", "capacity", "--json", "--precision", "fp64"));
    assertThat(answer.required("format").asString()).isEqualTo("mneme-capacity-law/1");
    JsonNode fp64 = answer.required("precisions").get(0);
    double products = 0;
    double squares = 0;
    for (JsonNode model : fp64.required("models")) {
      double parameters = model.required("parameters").asDouble();
      String best =
          done(
                  "query",
                  "--json",
                  "SELECT max(net) AS net FROM (SELECT avg(net_bits) AS net FROM trials WHERE"
                      + " parameters = "
                      + (long) parameters
                      + " GROUP BY sequences)")
              .out();
      double net = JsonMapper.shared().readTree(best).required("net").asDouble();
      assertThat(model.required("capacityBits").required("mean").asDouble())
          .isCloseTo(net, within(1e-9 * net));
      assertThat(model.required("enclosed").asBoolean()).isTrue();
      products += parameters * net;
      squares += parameters * parameters;
    }
    assertThat(fp64.required("law").required("alpha").required("mean").asDouble())
        .isCloseTo(products / squares, within(1e-12));
    JsonNode seeds = fp64.required("law").required("alphaOverSeeds");
    assertThat(seeds.required("observations").asInt()).isEqualTo(4);
    assertThat(seeds.required("low").asDouble()).isLessThan(seeds.required("high").asDouble());

    // the same question has the same answer
    assertThat(done("law", "capacity").out()).isEqualTo(done("law", "capacity").out());
  }

  @Test
  void tooFewModelsAreNamedWithWhatIsMissing() throws IOException {
    write(
        "few.yaml", GRID.replace("[1x4, 1x8]", "[1x4]").replace("[4, 16, 32, 64, 128]", "[2, 4]"));
    refused(mneme("law", "capacity"), "mneme.duckdb", "not there");
    done("run", "few.yaml", "-q");
    refused(
        mneme("law", "capacity"),
        "models in fp64",
        "0 that can be fitted, and 1 that cannot: 1×4 (2 data set sizes at 150 steps, peak at the"
            + " largest, N 4)",
        "at least 2 models of different size",
        "mneme run experiments/grid-line.yaml");
    refused(mneme("law", "capacity", "--experiment", "fwe"), "Did you mean few?");
    refused(mneme("law", "capacity", "--precision", "bf16"), "bf16", "fp64");
    refused(mneme("law", "capacity", "--hold-out", "some"), "--hold-out", "whole number");
    refused(mneme("law", "capacity", "--include-open"), "1 that can be fitted");
  }

  @Test
  void ablationsAreShownEvenWithoutALine() throws IOException {
    write(
        "lengths.yaml",
        GRID.replace("[1x4, 1x8]", "[1x4]")
            .replace("[4, 16, 32, 64, 128]", "[4]")
            .replace("sequence-length: 4", "sequence-length: [2, 4]"));
    done("run", "lengths.yaml", "-q");
    assertThat(done("law", "capacity").out())
        .contains("No line: 0 models can be fitted", "not fitted", "no: peak at largest N")
        .contains("Ablation over sequence length: 1×4, N 4")
        .contains("α 3.54 as in the paper's ablations");
    JsonNode rows =
        json(done("law", "capacity", "--json"))
            .required("precisions")
            .get(0)
            .required("ablations")
            .get(0)
            .required("rows");
    // N · S · log2 V = 4 · S · 3; four different sequences cost 2 bits each to tell which
    assertThat(rows.get(0).required("expectedBits").asDouble()).isCloseTo(24, within(1e-9));
    assertThat(rows.get(1).required("expectedBits").asDouble()).isCloseTo(48, within(1e-9));
    assertThat(rows.get(1).required("reachableBits").asDouble()).isCloseTo(40, within(1e-9));
  }

  /// Simulated: a curve with constants of its own and noise of 0.01.
  private static String simulated(int attacks) {
    MembershipLaw law = new MembershipLaw(1.1, -0.1, -20);
    RandomStream noise = new Seed(8).stream();
    StringBuilder text = new StringBuilder("parameters,samples,sequence_length,vocabulary,f1\n");
    for (int i = 1; i <= attacks; i++) {
      long samples = 1000L * i;
      double z = MembershipLaw.dataBitsPerParameter(new Bits(samples * 128.0), 32_000);
      double f1 = Math.clamp(law.at(z) + 0.01 * noise.nextGaussian(), 0, 1);
      text.append(String.format(Locale.ROOT, "32000,%d,16,256,%.4f%n", samples, f1));
    }
    return text.toString();
  }

  @Test
  void theMembershipLawIsFittedAndPredictsWhatItWasNotFittedTo() throws IOException {
    write("attacks.csv", simulated(16));
    Invocation page = done("law", "membership", "--observations", "attacks.csv");
    assertThat(page.out())
        .contains("16 observations", "c1", "c2", "c3", "95% interval", "-0.034", "-33.14")
        .contains("64.00", "52.00", "largest error");
    assertThat(page.out().lines().filter(line -> line.startsWith("  32,000"))).hasSize(4);
    String words = page.out().replaceAll("\\s+", " ");
    assertThat(Prediction.CAVEATS).allSatisfy(caveat -> assertThat(words).contains(caveat));

    JsonNode answer = json(done("law", "membership", "--observations", "attacks.csv", "--json"));
    assertThat(answer.required("format").asString()).isEqualTo("mneme-membership-law/1");
    JsonNode middle = answer.required("constants").required("c3");
    assertThat(middle.required("low").asDouble()).isLessThan(-20);
    assertThat(middle.required("high").asDouble()).isGreaterThan(-20);
    JsonNode held = answer.required("heldOut");
    assertThat(held.required("rows")).hasSize(4);
    assertThat(held.required("largestError").asDouble()).isLessThan(0.06);

    assertThat(done("law", "membership", "--observations", "attacks.csv", "--hold-out", "0").out())
        .contains("Nothing was held out, as asked");
  }

  @Test
  void mistakesInObservationsAreNamedTogether() throws IOException {
    write("wrong.csv", simulated(8) + "32000,0,16,256,0.5\n32000,5,16,256,1.5\n1,2\n");
    refused(
        mneme("law", "membership", "--observations", "wrong.csv"),
        "3 things",
        "wrong.csv line 10 samples",
        "wrong.csv line 11 f1",
        "wrong.csv line 12");
    write("few.csv", simulated(3));
    refused(
        mneme("law", "membership", "--observations", "few.csv"),
        "observations",
        "at least 6",
        "at least 4 different");
    write("enough.csv", simulated(8));
    refused(
        mneme("law", "membership", "--observations", "enough.csv", "--hold-out", "5"),
        "got 3",
        "at least 6");
    refused(mneme("law", "membership", "--observations", "gone.csv"), "gone.csv", "no such file");
    refused(mneme("law", "membership", "--observations", "."), "--observations");
    refused(mneme("law", "membership"), "which is not there", "a store that a run has made");
    refused(
        mneme("law", "membership", "--observations", "enough.csv", "--experiment", "grid"),
        "--experiment",
        "one of the two");
  }

  @Test
  void lawsAreExplained() {
    Invocation alone = mneme("law");
    assertThat(alone.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(alone.err()).contains("capacity", "membership");
    for (String law : new String[] {"capacity", "membership"}) {
      assertThat(done("law", law, "--help").out())
          .contains("Usage: mneme law " + law, "--hold-out", "--json", "Exit status");
    }
    refused(mneme("law", "capasity"), "Did you mean capacity?");
    assertThat(done("completion").out()).contains("membership");
    assertThat(Stream.of(done("law", "--help").out())).allMatch(text -> text.contains("Laws"));
  }

  @Test
  void predictedGainsStandBesideMeasuredOnes() throws IOException {
    write(
        "ten.yaml",
        GRID.replace("[4, 16, 32, 64, 128]", "16")
            .replace("[1x4, 1x8]", "1x4")
            .replace("steps: 150", "steps: [10, 20, 40, 400]"));
    done("run", "ten.yaml", "-q");

    Invocation page = done("law", "convergence", "--experiment", "ten");
    assertThat(page.out()).contains("What ten times the steps add", "1×4", "1 interval held");

    JsonNode row = json(done("law", "convergence", "--json")).required("rows").get(0);
    assertThat(row.required("steps").asLong()).isEqualTo(40);
    assertThat(row.required("lengths").asInt()).isEqualTo(3);
    String mean = "SELECT avg(net_bits) AS net FROM trials WHERE steps = ";
    assertThat(json(done("law", "convergence", "--json")).required("forecasts").isEmpty()).isTrue();
    double after = net(mean + 400);
    double before = net(mean + 40);
    assertThat(row.required("measured").asDouble()).isCloseTo(after / before - 1, within(1e-9));

    write(
        "grid.yaml",
        GRID.replace("seeds: 2", "seeds: 1").replace("models: [1x4, 1x8]", "models: 1x4"));
    done("run", "grid.yaml", "-q");
    refused(
        mneme("law", "convergence", "--experiment", "grid"),
        "none of T, half and a quarter of T steps",
        "ten-times-longer.yaml");
  }

  @Test
  void runsThatNothingLongerFollowedPredictIt() throws IOException {
    write(
        "lengths.yaml",
        GRID.replace("[4, 16, 32, 64, 128]", "16")
            .replace("[1x4, 1x8]", "1x4")
            .replace("steps: 150", "steps: [40, 80, 160]")
            .replace("learning-rate: 0.05", "learning-rate: [0.05, 0.03]"));
    done("run", "lengths.yaml", "-q");

    assertThat(done("law", "convergence").out())
        .contains("What ten times the longest runs would add", "not checked")
        .contains("1×4, rate 0.05", "1×4, rate 0.03")
        .doesNotContain("predicted and measured");
    JsonNode forecast = json(done("law", "convergence", "--json")).required("forecasts").get(0);
    assertThat(forecast.required("steps").asLong()).isEqualTo(160);
    assertThat(forecast.required("netBits").asDouble())
        .isCloseTo(
            net(
                "SELECT avg(net_bits) AS net FROM trials WHERE steps = 160 AND learning_rate = "
                    + "0.03"),
            within(1e-9));
  }

  private double net(String question) {
    return JsonMapper.shared()
        .readTree(done("query", "--json", question).out())
        .required("net")
        .asDouble();
  }
}
