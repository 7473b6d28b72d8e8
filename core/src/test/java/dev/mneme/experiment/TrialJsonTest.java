package dev.mneme.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.engine.Muon;
import dev.mneme.measure.Memorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrialJsonTest {
  private static final TrialSpecification TRIAL =
      new TrialSpecification(FakeTrials.MODEL, 12, FakeTrials.TRAINING, 3);

  @Property(seed = "2026", tries = 300)
  void aFinishedTrialReadsBackExactly(
      @ForAll long anyPattern,
      @ForAll long positivePattern,
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long steps,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int sequences,
      @ForAll String text) {
    double any = Double.longBitsToDouble(anyPattern);
    double odd = Double.isFinite(any) ? any : Double.MIN_VALUE;
    double absolute = Math.abs(Double.longBitsToDouble(positivePattern));
    double rate = absolute > 0 && Double.isFinite(absolute) ? absolute : Double.MAX_VALUE;
    AdamW adamW = new AdamW(0.9, 1.0 / 3, Double.MIN_VALUE, rate);
    TrainingPlan plan =
        new TrainingPlan(
            steps,
            7,
            new LearningRateSchedule(rate, 0.1, 0.2, LearningRateSchedule.Decay.LINEAR),
            seed % 2 == 0 ? adamW : new Muon(1.0 / 3, rate, Double.MIN_VALUE, adamW),
            new Initialization(rate, 0),
            1);
    Memorization memorization =
        new Memorization(new Bits(1.0 / 3), new Bits(odd), new Bits(-0.0), new Bits(rate));
    // lone surrogates have no UTF-8 form and occur in no name
    String name = text.codePoints().allMatch(c -> c < 0xD800 || c > 0xDFFF) ? text : "name";
    TrialResult.Finished finished =
        new TrialResult.Finished(
            new TrialSpecification(new GptConfig(2, 24, 3, 97, 7, false), sequences, plan, seed),
            "id" + name,
            new Provenance(
                new EngineIdentity(name, 3, 512, "fp32"),
                "hash",
                "1",
                "java",
                "os",
                name,
                rate,
                OptionalDouble.of(rate),
                Long.MAX_VALUE),
            memorization,
            memorization,
            memorization,
            new Bits(0),
            List.of(new CurvePoint(1, new Bits(odd)), new CurvePoint(steps, new Bits(-odd))));

    String line = TrialJson.write(finished);

    assertThat(line).doesNotContain("\n");
    assertThat(TrialJson.read(line)).isEqualTo(finished);
  }

  @Test
  void divergedAndFailedTrialsReadBack() {
    for (TrialResult result : List.of(FakeTrials.diverged(TRIAL), FakeTrials.failed(TRIAL))) {
      assertThat(TrialJson.read(TrialJson.write(result))).isEqualTo(result);
    }
  }

  @Test
  void aLineCarriesTheConventionOfItsFigures() {
    JsonNode node =
        JsonMapper.builder().build().readTree(TrialJson.write(FakeTrials.finished(TRIAL, 250)));

    assertThat(node.at("/convention/positionsPerSequence").asInt()).isEqualTo(8);
    assertThat(node.at("/convention/parameters/total").asLong())
        .isEqualTo(FakeTrials.MODEL.parameterCount().total());
    assertThat(node.at("/convention/parameters/withoutEmbeddings").asLong())
        .isEqualTo(FakeTrials.MODEL.parameterCount().withoutEmbeddings());
    assertThat(node.at("/convention/beginOfSequence").asString()).contains("never an output");
    assertThat(node.at("/shareOfCeiling").asDouble()).isEqualTo(250 / 1e6);
    assertThat(node.at("/provenance/engine/name").asString()).isEqualTo("fake");
  }

  @Test
  void whatIsNotATrialIsRefusedInWords() {
    String line = TrialJson.write(FakeTrials.finished(TRIAL, 250));
    assertThatThrownBy(() -> TrialJson.read("{}"))
        .isInstanceOf(MalformedTrialException.class)
        .hasMessageContaining("format");
    assertThatThrownBy(() -> TrialJson.read("")).isInstanceOf(MalformedTrialException.class);
    assertThatThrownBy(() -> TrialJson.read("[1]")).isInstanceOf(MalformedTrialException.class);
    assertThatThrownBy(() -> TrialJson.read(line.substring(0, line.length() - 1)))
        .isInstanceOf(MalformedTrialException.class);
    assertThatThrownBy(() -> TrialJson.read(line.replace("mneme-trial/1", "mneme-trial/9")))
        .isInstanceOf(MalformedTrialException.class)
        .hasMessageContaining("mneme-trial/9");
    assertThatThrownBy(
            () -> TrialJson.read(line.replace("\"netBits\":250.0", "\"netBits\":\"many\"")))
        .isInstanceOf(MalformedTrialException.class);
    assertThatThrownBy(() -> TrialJson.read(line.replace("\"heads\":1", "\"heads\":3")))
        .isInstanceOf(MalformedTrialException.class)
        .hasMessageContaining("heads");
  }
}
