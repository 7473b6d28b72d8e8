package dev.mneme.experiment;

import dev.mneme.experiment.CapacityReport.SizePoint;
import dev.mneme.measure.CapacityLine;
import dev.mneme.measure.Control;
import dev.mneme.measure.ControlReport;
import dev.mneme.measure.Interval;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reports as JSON. Amounts of information are in bits and say so in their names; doubles are
/// written so that they read back exactly; what was not measured is `null`.
///
/// A study is one object:
///
/// - `format`: `mneme-study/1`
/// - `reached`, `interrupted`: whether every capacity was reached; whether it was stopped
/// - `models`: one object per model with `model`, `parameters`, `steps`, `reached`, `claimed`
///   (reached, and every control passed), `notClaimedBecause` (`null` where claimed), `stopReason`,
///   `peak` (`sequences`, `netBits` and `bitsPerParameter`, each with `mean`, `low`, `high` of a
///   95% interval and `observations`, and `costOfOneRun`), `cost` of all trials (`tokens`,
///   `operations` of matrix products), `points` (one per data set size), `plateau`, `convergence`,
///   `shorterTrials` (fewer steps at the peak), `failures` and `controls`
/// - `lineThroughOrigin`, `lineWithIntercept`: capacity against parameters, `null` with too few
///   models
///
/// Single trials are written by [TrialJson].
public final class ResultJson {
  /// Version of the format of studies.
  public static final String STUDY_FORMAT = "mneme-study/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultJson() {}

  /// A study with the controls of each model.
  ///
  /// @param controls in the order of the reports; may be shorter where the study was interrupted
  public static String study(StudyReport study, List<ControlReport> controls) {
    ObjectNode node = NODES.objectNode();
    node.put("format", STUDY_FORMAT);
    node.put("reached", study.reached());
    node.put("interrupted", study.interrupted());
    ArrayNode models = node.putArray("models");
    for (int i = 0; i < study.reports().size(); i++) {
      ObjectNode model = models.addObject();
      CapacityReport report = study.reports().get(i);
      describe(model, report);
      Optional<String> objection =
          !report.reached()
              ? Optional.of("capacity not reached")
              : i < controls.size()
                  ? controls.get(i).objection()
                  : Optional.of("the controls were not made");
      model.put("claimed", objection.isEmpty());
      objection.ifPresentOrElse(
          reason -> model.put("notClaimedBecause", reason),
          () -> model.putNull("notClaimedBecause"));
      if (i < controls.size()) {
        model.set("controls", node(controls.get(i)));
      } else {
        model.putNull("controls");
      }
    }
    putLine(node, "lineThroughOrigin", study.lineThroughOrigin());
    putLine(node, "lineWithIntercept", study.lineWithIntercept());
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  /// One model's capacity, as in [#study] but without controls.
  public static String capacity(CapacityReport report) {
    ObjectNode node = NODES.objectNode();
    describe(node, report);
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  /// Controls: `allPassed`, `missing` (numbers of controls that were not made) and `controls` with
  /// `number`, `name`, `passed`, `value`, `limit` and `figures`.
  public static String controls(ControlReport report) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node(report)) + "\n";
  }

  private static ObjectNode node(ControlReport report) {
    ObjectNode node = NODES.objectNode();
    node.put("allPassed", report.allPassed());
    ArrayNode missing = node.putArray("missing");
    report.missing().forEach(missing::add);
    ArrayNode controls = node.putArray("controls");
    for (Control control : report.controls()) {
      controls
          .addObject()
          .put("number", control.number())
          .put("name", control.name())
          .put("passed", control.passed())
          .put("value", control.value())
          .put("limit", control.limit())
          .put("figures", control.figures());
    }
    return node;
  }

  private static void describe(ObjectNode node, CapacityReport report) {
    node.set("model", TrialJson.node(report.model()));
    node.set("parameters", TrialJson.node(report.model().parameterCount()));
    node.put("steps", report.plan().training().steps());
    node.put("lowerBoundAtThisBudget", true); // capacity by gradient descent always is
    node.put("reached", report.reached());
    node.put("interrupted", report.interrupted());
    node.put("stopReason", report.stopReason());
    node.put("largestNetBits", report.largest().value());
    report
        .peak()
        .ifPresentOrElse(
            peak -> {
              ObjectNode top = node.putObject("peak").put("sequences", peak.sequences());
              top.set("netBits", node(peak.capacity()));
              top.set("bitsPerParameter", node(peak.bitsPerParameter()));
              top.set("costOfOneRun", node(Cost.of(report.peakTrials()).perTrial()));
            },
            () -> node.putNull("peak"));
    node.set("cost", node(Cost.of(report.trials())));
    node.putObject("plateau")
        .put("enclosed", report.plateau().enclosed())
        .put("smaller", report.plateau().smaller())
        .put("larger", report.plateau().larger())
        .put("explanation", report.plateau().explanation());
    ObjectNode convergence =
        node.putObject("convergence")
            .put("converged", report.convergence().converged())
            .put("tolerance", report.convergence().tolerance())
            .put("explanation", report.convergence().explanation());
    if (report.convergence().measured()) {
      convergence.put("growth", report.convergence().growth());
    } else {
      convergence.putNull("growth");
    }
    report
        .convergence()
        .remaining()
        .ifPresentOrElse(
            gain ->
                convergence
                    .putObject("remainingGain")
                    .put("timesTheSteps", gain.steps())
                    .put("share", gain.share())
                    .put("low", gain.low())
                    .put("high", gain.high())
                    .put("ceiling", gain.ceiling()),
            () -> convergence.putNull("remainingGain"));
    ArrayNode points = node.putArray("points");
    report.points().forEach(point -> points.add(node(point)));
    putIds(node.putArray("shorterTrials"), report.shorterRuns());
    putIds(node.putArray("failures"), report.failures());
  }

  /// Without times, which differ from run to run; they stand in the trials.
  private static ObjectNode node(Cost cost) {
    ObjectNode node = NODES.objectNode();
    node.put("trials", cost.trials());
    node.put("tokens", cost.tokens());
    node.put("operations", cost.operations());
    return node;
  }

  private static ObjectNode node(SizePoint point) {
    ObjectNode node = NODES.objectNode();
    node.put("sequences", point.sequences());
    node.put("learningRate", point.learningRate());
    node.set("netBits", node(point.net()));
    putIds(node.putArray("trials"), point.trials());
    return node;
  }

  private static void putIds(ArrayNode array, List<? extends TrialResult> trials) {
    trials.forEach(trial -> array.add(trial.id()));
  }

  private static ObjectNode node(Interval interval) {
    return NODES
        .objectNode()
        .put("mean", interval.mean())
        .put("low", interval.low())
        .put("high", interval.high())
        .put("observations", interval.observations());
  }

  private static void putLine(ObjectNode node, String name, Optional<? extends CapacityLine> line) {
    line.ifPresentOrElse(
        fitted -> {
          ObjectNode object = node.putObject(name);
          object.set("slopeBitsPerParameter", node(fitted.slope()));
          if (fitted instanceof CapacityLine.WithIntercept withIntercept) {
            object.set("interceptBits", node(withIntercept.intercept()));
          }
          ArrayNode residuals = object.putArray("residualBits");
          fitted.residuals().forEach(residual -> residuals.add(residual.value()));
          object.put("rSquared", fitted.rSquared());
        },
        () -> node.putNull(name));
  }
}
