package dev.mneme.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a trial under way has behind it, besides the state of its training.
///
/// @param seconds wall time spent, in all its sittings
/// @param coreSeconds processor time spent; empty where a sitting could not measure it
/// @param curve training-set scores so far
record TrialHistory(double seconds, OptionalDouble coreSeconds, List<CurvePoint> curve) {
  private static final String FORMAT = "mneme-trial-progress/1";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Largest file that is read, in bytes; a curve of a thousand points needs less.
  private static final int LARGEST = 1 << 20;

  /// A trial that has not begun.
  static final TrialHistory NONE = new TrialHistory(0, OptionalDouble.of(0), List.of());

  TrialHistory {
    curve = List.copyOf(curve);
  }

  /// As it was after some step.
  TrialHistory until(long step) {
    return new TrialHistory(
        seconds, coreSeconds, curve.stream().filter(point -> point.step() <= step).toList());
  }

  void writeTo(OutputStream output) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", FORMAT);
    node.put("seconds", seconds);
    coreSeconds.ifPresent(known -> node.put("coreSeconds", known));
    ArrayNode points = node.putArray("curve");
    curve.forEach(point -> points.add(TrialJson.node(point)));
    output.write(MAPPER.writeValueAsBytes(node));
  }

  /// Reads what [#writeTo] wrote.
  ///
  /// @throws MalformedTrialException where it is something else
  static TrialHistory read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new MalformedTrialException(file.getFileName() + " is missing");
    }
    byte[] content;
    try (InputStream input = Files.newInputStream(file)) {
      content = input.readNBytes(LARGEST);
    }
    try {
      JsonNode node = MAPPER.readTree(content);
      if (!node.required("format").asString().equals(FORMAT)) {
        throw new MalformedTrialException(
            file.getFileName() + " has another format than " + FORMAT);
      }
      List<CurvePoint> points = new ArrayList<>();
      for (JsonNode point : node.required("curve")) {
        points.add(TrialJson.point(point));
      }
      return new TrialHistory(
          node.required("seconds").asDouble(), TrialJson.coreSeconds(node), points);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new MalformedTrialException(file.getFileName() + " is damaged", e);
    }
  }
}
