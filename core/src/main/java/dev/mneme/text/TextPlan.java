package dev.mneme.text;

import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.model.GptConfig;
import dev.mneme.training.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Which models are trained on how much text, and what they are compared with.
///
/// @param source of the sequences
/// @param models shapes, each once
/// @param sizes data set sizes N, ascending; the last one is the full set, which references are
///   trained on
/// @param training how every model but the oracles is trained
/// @param seeds of initialization and order
/// @param referenceSeed of the same-size references; none of `seeds`, so that at the full size the
///   reference is another model
/// @param oracles candidates for the oracle, trained on the full set; at least one
public record TextPlan(
    TextSource source,
    List<GptConfig> models,
    List<Integer> sizes,
    TrainingPlan training,
    List<Long> seeds,
    long referenceSeed,
    List<Oracle> oracles) {
  /// A candidate for the oracle.
  ///
  /// @param model larger than the models that are compared with it
  /// @param training its own plan
  public record Oracle(GptConfig model, TrainingPlan training) {}

  public TextPlan {
    models = List.copyOf(models);
    sizes = List.copyOf(new TreeSet<>(sizes));
    seeds = List.copyOf(seeds);
    oracles = List.copyOf(oracles);
    if (models.isEmpty() || sizes.isEmpty() || seeds.isEmpty() || oracles.isEmpty()) {
      throw new IllegalArgumentException(
          "a study on text needs a model, a size, a seed and an oracle");
    }
    if (seeds.contains(referenceSeed)) {
      throw new IllegalArgumentException(
          "seed " + referenceSeed + " is that of the references and of a model compared with them");
    }
  }

  /// The size of the full set.
  public int fullSize() {
    return sizes.getLast();
  }

  /// A model on a data set.
  public TrialSpecification trial(GptConfig model, int size, long seed) {
    return new TrialSpecification(model, size, training, seed, source);
  }

  /// The same-size reference of a model.
  public TrialSpecification reference(GptConfig model) {
    return trial(model, fullSize(), referenceSeed);
  }

  /// Trials of the candidates for the oracle.
  public List<TrialSpecification> oracleTrials() {
    return oracles.stream()
        .map(oracle ->
            new TrialSpecification(
                oracle.model(), fullSize(), oracle.training(), referenceSeed, source))
        .toList();
  }

  /// Every trial, once: oracles, same-size references, and the models over all sizes.
  public List<TrialSpecification> trials() {
    List<TrialSpecification> trials = new ArrayList<>(oracleTrials());
    for (GptConfig model : models) {
      trials.add(reference(model));
      for (int size : sizes) {
        seeds.forEach(seed -> trials.add(trial(model, size, seed)));
      }
    }
    return trials.stream().distinct().toList();
  }
}
