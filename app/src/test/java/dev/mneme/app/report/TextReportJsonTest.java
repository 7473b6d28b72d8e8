package dev.mneme.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.attack.AttackResult;
import dev.mneme.data.tokenizer.TextPiece;
import dev.mneme.measure.DoubleDescent;
import dev.mneme.measure.Interval;
import dev.mneme.measure.UnintendedMemorization;
import dev.mneme.text.ExtractionRates;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextReportJson;
import dev.mneme.text.TokenCosts;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lies here, beside the made-up reports that it shares with the other views of a report.
class TextReportJsonTest {
  private static final TextReport REPORT =
      MadeUpTextReports.of(List.of(16, 32), List.of(125, 250, 500, 1000), List.of(1L, 2L));

  private static JsonNode read(String json) {
    assertThat(json).doesNotContain("NaN").doesNotContain("Infinity").endsWith("}\n");
    return JsonMapper.builder().build().readTree(json);
  }

  private static void same(JsonNode node, Interval interval) {
    assertThat(node.required("mean").asDouble()).isEqualTo(interval.mean());
    assertThat(node.required("low").asDouble()).isEqualTo(interval.low());
    assertThat(node.required("high").asDouble()).isEqualTo(interval.high());
    assertThat(node.required("observations").asInt()).isEqualTo(interval.observations());
  }

  private static double number(JsonNode node, String name) {
    assertThat(node.required(name).isNumber()).as(name).isTrue();
    return node.required(name).asDouble();
  }

  @Test
  void planAndOracleReadBack() {
    JsonNode node = read(TextReportJson.write(REPORT));
    assertThat(node.required("format").asString()).isEqualTo("mneme-text/1");
    JsonNode plan = node.required("plan");
    assertThat(plan.required("data").required("corpus").asString()).isEqualTo("plays");
    assertThat(plan.required("data").required("prefixes").toString()).isEqualTo("[4,8]");
    assertThat(plan.required("sizes").toString()).isEqualTo("[125,250,500,1000]");
    assertThat(plan.required("seeds").toString()).isEqualTo("[1,2]");
    assertThat(plan.required("referenceSeed").asLong()).isEqualTo(99);
    assertThat(plan.required("training").required("steps").asLong()).isEqualTo(4_000);
    assertThat(plan.required("oracles")).hasSize(2);
    JsonNode oracle = node.required("oracle");
    assertThat(oracle.required("chosen").asString()).isEqualTo("trial-128-1000-99");
    assertThat(oracle.required("decidedOn").asString()).isEqualTo("reference");
    assertThat(number(oracle.required("candidates").get(1), "referenceBitsPerToken"))
        .isEqualTo(2.4);
  }

  @Test
  void everyCellReadsBackWithItsFigures() {
    JsonNode models = read(TextReportJson.write(REPORT)).required("models");
    assertThat(models).hasSize(2);
    for (int m = 0; m < 2; m++) {
      List<TextCell> cells = REPORT.models().get(m).cells();
      assertThat(models.get(m).required("cells")).hasSize(8);
      for (int c = 0; c < cells.size(); c++) {
        TextCell cell = cells.get(c);
        JsonNode node = models.get(m).required("cells").get(c);
        assertThat(node.required("sequences").asInt()).isEqualTo(cell.sequences());
        assertThat(node.required("seed").asLong()).isEqualTo(cell.seed());
        assertThat(number(node, "testBitsPerToken")).isEqualTo(cell.testPerToken().value());
        same(node.required("againstOracle").required("training"), cell.oracle().training());
        same(node.required("againstSameSize").required("heldOut"), cell.sameSize().heldOut());
        assertThat(node.required("againstOracle").required("control").asBoolean()).isFalse();
        assertThat(node.required("againstSameSize").required("control").asBoolean())
            .isEqualTo(cell.sequences() == 1000);
        same(node.required("extraction").get(1), cell.extraction().get(1));
        AttackResult attack = cell.attacks().orElseThrow().results().get(2);
        JsonNode shown = node.required("attacks").required("results").get(2);
        assertThat(shown.required("attack").asString()).isEqualTo(attack.attack().label());
        same(shown.required("auc"), attack.auc());
        same(shown.required("balancedF1"), attack.balancedF1());
        assertThat(shown.required("truePositivesAtOnePercent").required("hits").asLong())
            .isEqualTo(attack.atOnePercent().hits());
        assertThat(shown.required("warnings")).hasSize(attack.warnings().size());
        assertThat(shown.required("roc")).hasSize(attack.roc().size());
        assertThat(shown.required("roc").get(1).get(1).asInt())
            .isEqualTo(attack.roc().get(1).truePositives());
        JsonNode rarity = node.required("raritySample");
        assertThat(rarity.required("population").asInt()).isEqualTo(cell.sequences());
        assertThat(rarity.required("points")).hasSize(Math.min(500, cell.sequences()));
        assertThat(rarity.required("points").get(3).get(1).asDouble())
            .isEqualTo(cell.oracle().training().unintended(3).value());
        same(
            node.required("mostMemorized").required("rarityCorrelation"),
            cell.most().rarityCorrelation().orElseThrow());
      }
    }
  }

  private static void same(JsonNode node, UnintendedMemorization memorization) {
    assertThat(number(node, "netBits")).isEqualTo(memorization.net().value());
    assertThat(number(node, "clippedBits")).isEqualTo(memorization.clipped().value());
    assertThat(number(node, "totalBits")).isEqualTo(memorization.total().value());
    assertThat(number(node, "uniformBitsPerSample")).isEqualTo(128); // 16 tokens of 8 bits
    same(node.required("meanNetBits"), memorization.meanNet());
    same(node.required("meanUnintendedBits"), memorization.meanUnintended());
    same(node.required("meanIntendedBits"), memorization.meanIntended());
  }

  private static void same(JsonNode node, ExtractionRates rates) {
    assertThat(node.required("prefix").asInt()).isEqualTo(rates.prefix());
    JsonNode training = node.required("training");
    assertThat(training.required("hits").asLong()).isEqualTo(rates.training().hits());
    assertThat(number(training, "low")).isEqualTo(rates.training().low());
    assertThat(number(training, "high")).isEqualTo(rates.training().high());
    JsonNode explained = node.required("explained");
    assertThat(number(explained, "value")).isEqualTo(rates.explained().orElseThrow());
    assertThat(number(explained, "high")).isEqualTo(rates.comparison().high());
  }

  @Test
  void histogramsCountEverySampleInSharedBins() {
    JsonNode cell =
        read(TextReportJson.write(REPORT)).required("models").get(0).required("cells").get(0);
    JsonNode rates = cell.required("compressionRates");
    assertThat(rates.required("bins").asInt()).isEqualTo(60);
    assertThat(sum(rates.required("training").required("counts"))).isEqualTo(125);
    assertThat(sum(rates.required("heldOut").required("counts"))).isEqualTo(200);
    assertThat(rates.required("training").required("counts")).hasSize(60);
  }

  private static int sum(JsonNode counts) {
    int sum = 0;
    for (JsonNode count : counts) {
      sum += count.asInt();
    }
    return sum;
  }

  /// The curves were made up to begin with held-out loss 8 − 4.8 / 12 and to end at step 4,000.
  @Test
  void curvesAreInBitsPerToken() {
    JsonNode cell =
        read(TextReportJson.write(REPORT)).required("models").get(0).required("cells").get(0);
    JsonNode curve = cell.required("curve");
    assertThat(curve).hasSize(24);
    assertThat(number(curve.get(0), "heldOutBitsPerToken"))
        .isCloseTo(7.6, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(curve.get(23).required("step").asLong()).isEqualTo(4_000);
    assertThat(cell.required("phases").required("course").asString()).isEqualTo("memorizing");
    assertThat(number(cell.required("phases").required("lowest"), "heldOutBitsPerToken"))
        .isCloseTo(3.2, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void doubleDescentReadsBack() {
    JsonNode node =
        read(TextReportJson.write(REPORT)).required("models").get(1).required("doubleDescent");
    DoubleDescent descent = REPORT.models().get(1).descent();
    assertThat(node.required("shape").asString()).isEqualTo("peak");
    assertThat(number(node, "predictedSequences")).isEqualTo(descent.predicted().sequences());
    assertThat(number(node.required("peak"), "ratio"))
        .isEqualTo(descent.peak().orElseThrow().ratio());
    assertThat(node.required("peak").required("bracket").required("larger").asInt())
        .isEqualTo(descent.peak().orElseThrow().bracket().larger());
  }

  @Test
  void textStandsOnlyWhereItIsGiven() {
    String hostile = "\u001b[31m\"quoted\"\n\u2028";
    JsonNode with =
        read(
            TextReportJson.write(
                REPORT, sample -> MadeUpTextReports.pieces(hostile + sample.index())));
    JsonNode sample = sample(with);
    assertThat(sample.required("text").asString())
        .isEqualTo(hostile + sample.required("index").asInt());
    JsonNode without = sample(read(TextReportJson.write(REPORT)));
    assertThat(without.required("text").isNull()).isTrue();
    assertThat(without.required("pieces").isNull()).isTrue();
  }

  @Test
  void piecesOfATextCarryTheBitsOfTheirTokens() {
    List<TextPiece> text = List.of(new TextPiece("ab", 14), new TextPiece("é", 2));
    JsonNode pieces = sample(read(TextReportJson.write(REPORT, sample -> text))).required("pieces");
    TokenCosts costs = REPORT.models().getFirst().cells().getFirst().tokens().getFirst();
    assertThat(pieces.required("texts").toString()).isEqualTo("[\"ab\",\"é\"]");
    assertThat(pieces.required("tokens").toString()).isEqualTo("[14,2]");
    assertThat(pieces.required("modelBits").get(1).asDouble()).isEqualTo(0.25 * (14 + 15));
    assertThat(pieces.required("oracleBits").get(1).asDouble())
        .isEqualTo(costs.oracle().get(14) + costs.oracle().get(15));
    assertThatThrownBy(
            () -> TextReportJson.write(REPORT, sample -> List.of(new TextPiece("ab", 15))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15");
  }

  private static JsonNode sample(JsonNode report) {
    return report
        .required("models")
        .get(0)
        .required("cells")
        .get(0)
        .required("mostMemorized")
        .required("samples")
        .get(0);
  }

  @Test
  void whatWasNotMeasuredIsNull() {
    JsonNode cell =
        read(TextReportJson.write(MadeUpTextReports.smallest()))
            .required("models")
            .get(0)
            .required("cells")
            .get(0);
    assertThat(cell.required("attacks").isNull()).isTrue();
    assertThat(cell.required("extraction")).isEmpty();
    JsonNode nothing = read(TextReportJson.write(MadeUpTextReports.nothing()));
    assertThat(nothing.required("oracle").isNull()).isTrue();
    assertThat(nothing.required("models")).isEmpty();
    assertThat(nothing.required("unfinished")).hasSize(3);
    assertThat(nothing.required("unfinished").get(2).required("status").asString())
        .isEqualTo("failed");
  }
}
