package dev.mneme.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PredictionJsonTest {
  private static final Predictor PREDICTOR = Predictor.published();

  @Test
  void everythingIsThere() {
    Prediction prediction = PREDICTOR.predict(1_000_000, DataSize.tokens(640_000));
    JsonNode json =
        JsonMapper.shared()
            .readTree(
                PredictionJson.write(
                    List.of(new PredictionJson.Model("mine", PREDICTOR, prediction)),
                    Optional.of(
                        new PredictionJson.LargestModel(0.55, 1e7, OptionalDouble.of(2.5e5)))));

    assertThat(json.required("format").asString()).isEqualTo("mneme-prediction/1");
    assertThat(json.required("caveats")).hasSize(4);
    assertThat(json.required("largestModel").required("parameters").asDouble()).isEqualTo(2.5e5);
    JsonNode model = json.required("models").get(0);
    assertThat(model.required("name").asString()).isEqualTo("mine");
    assertThat(model.required("parameters").asLong()).isEqualTo(1_000_000);
    assertThat(model.required("data").required("tokens").asDouble()).isEqualTo(640_000);
    assertThat(model.required("data").required("samples").asDouble()).isEqualTo(10_000);
    assertThat(model.required("alpha").required("low").asDouble()).isEqualTo(3.51);
    assertThat(model.required("alpha").required("origin").asString()).contains("bf16");
    assertThat(model.required("capacityBits").required("value").asDouble()).isEqualTo(3.64e6);
    assertThat(model.required("regime").asString()).isEqualTo("generalizing");
    assertThat(model.required("membershipF1").required("value").asDouble())
        .isEqualTo(prediction.membership().value());
    assertThat(model.required("membershipF1").required("band").asString()).contains("±0.09");
    assertThat(model.required("samplesForF1")).hasSize(3);
    assertThat(model.required("samplesForF1").get(1).required("f1").asDouble()).isEqualTo(0.75);
    assertThat(model.required("samplesForF1").get(1).required("samples").asDouble())
        .isEqualTo(PREDICTOR.samplesFor(1_000_000, 0.75).orElseThrow());
  }

  @Test
  void whatIsNotKnownIsNull() {
    JsonNode nothing =
        JsonMapper.shared().readTree(PredictionJson.write(List.of(), Optional.empty()));
    assertThat(nothing.required("largestModel").isNull()).isTrue();
    JsonNode any =
        JsonMapper.shared()
            .readTree(
                PredictionJson.write(
                    List.of(),
                    Optional.of(new PredictionJson.LargestModel(1, 1, OptionalDouble.empty()))));
    assertThat(any.required("largestModel").required("parameters").isNull()).isTrue();
  }
}
