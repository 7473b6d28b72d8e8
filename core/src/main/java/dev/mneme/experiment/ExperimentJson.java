package dev.mneme.experiment;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An experiment as JSON, for other programs.
///
/// Results: `format` (`mneme-run/1`), `experiment`, `store`, `declared`, `finished`, `diverged`,
/// `failed`, `missing` (not run, because it was interrupted) and `trials`: one object each with
/// `id`, `status`, `model`, `sequences`, `seed` and, of a finished one, `netBits`, `ceilingBits`
/// and `bitsPerParameter`. Everything else of a trial is in the store.
///
/// Estimates: `format` (`mneme-estimate/1`), `experiment`, `tokens`, `coreSeconds`, `wallSeconds`
/// for `threads`, `bytes`, and `trials` with `model`, `sequences`, `seed`, `tokens`, `seconds`,
/// `bytes`.
public final class ExperimentJson {
  /// Version of the format of results.
  public static final String RUN_FORMAT = "mneme-run/1";

  /// Version of the format of estimates.
  public static final String ESTIMATE_FORMAT = "mneme-estimate/1";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ExperimentJson() {}

  /// What came of an experiment.
  ///
  /// @param store where results are kept
  public static String results(Experiment experiment, List<TrialResult> results, String store) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", RUN_FORMAT);
    node.put("experiment", experiment.name());
    node.put("store", store);
    node.put("declared", experiment.trials().size());
    node.put("finished", count(results, TrialResult.Finished.class));
    node.put("diverged", count(results, TrialResult.Diverged.class));
    node.put("failed", count(results, TrialResult.Failed.class));
    node.put("missing", experiment.trials().size() - results.size());
    ArrayNode trials = node.putArray("trials");
    for (TrialResult result : results) {
      ObjectNode trial = trials.addObject();
      trial.put("id", result.id());
      trial.put("status", TrialJson.status(result));
      describe(trial, result.specification());
      if (result instanceof TrialResult.Finished finished) {
        trial.put("netBits", finished.training().net().value());
        trial.put("ceilingBits", finished.ceiling().value());
        trial.put("bitsPerParameter", finished.bitsPerParameter().value());
      }
    }
    return text(node);
  }

  /// What an experiment would cost.
  ///
  /// @param threads trials at a time
  public static String estimate(Experiment experiment, CostEstimate estimate, int threads) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("format", ESTIMATE_FORMAT);
    node.put("experiment", experiment.name());
    node.put("tokens", estimate.tokens());
    node.put("coreSeconds", estimate.coreTime().toMillis() / 1000.0);
    node.put("threads", threads);
    node.put("wallSeconds", estimate.wallTime(threads).toMillis() / 1000.0);
    node.put("bytes", estimate.bytes(threads));
    ArrayNode trials = node.putArray("trials");
    for (CostEstimate.Trial one : estimate.trials()) {
      ObjectNode trial = trials.addObject();
      describe(trial, one.specification());
      trial.put("tokens", one.tokens());
      trial.put("seconds", one.time().toMillis() / 1000.0);
      trial.put("bytes", one.bytes());
    }
    return text(node);
  }

  private static void describe(ObjectNode node, TrialSpecification trial) {
    node.set("model", TrialJson.node(trial.model()));
    node.put("sequences", trial.sequences());
    node.put("seed", trial.seed());
  }

  private static long count(List<TrialResult> results, Class<? extends TrialResult> kind) {
    return results.stream().filter(kind::isInstance).count();
  }

  private static String text(ObjectNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
