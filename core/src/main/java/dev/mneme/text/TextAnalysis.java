package dev.mneme.text;

import dev.mneme.data.TokenDataset;
import dev.mneme.data.text.TextSequences;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialResult.Finished;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.law.Alpha;
import dev.mneme.measure.DoubleDescent;
import dev.mneme.measure.InterpolationPoint;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Compares the models of a study with their references.
public final class TextAnalysis {
  /// Differences of code length below this say nothing: bits per token.
  public static final Bits MARGIN = new Bits(0.02);

  /// With fewer members an attack is not judged.
  public static final int FEWEST_MEMBERS = 20;

  private final TextPlan plan;
  private final TextSequences training;
  private final TokenDataset unseen;
  private final Function<String, Optional<SampleScores>> scores;
  private final Function<GptConfig, Optional<Bits>> capacities;
  private final Map<TrialSpecification, Finished> finished = new HashMap<>();

  /// @param training the training split, at least as much as the full set
  /// @param unseen as for [TextTrialData]
  /// @param scores of a trial that finished, by its identity
  /// @param capacities measured on random tokens; where a shape has none, published bits per
  ///   parameter stand for it
  public TextAnalysis(
      TextPlan plan,
      TextSequences training,
      TokenDataset unseen,
      Function<String, Optional<SampleScores>> scores,
      Function<GptConfig, Optional<Bits>> capacities) {
    this.capacities = capacities;
    this.plan = plan;
    this.training = training;
    this.unseen = unseen;
    this.scores = scores;
  }

  /// Puts together what is known.
  ///
  /// @param results of the plan's trials, some of which may be missing
  public TextReport report(List<TrialResult> results) {
    List<TrialResult> unfinished = new ArrayList<>();
    for (TrialResult result : results) {
      if (result instanceof Finished done) {
        finished.put(result.specification(), done);
      } else {
        unfinished.add(result);
      }
    }
    Optional<OracleChoice> oracle = oracle();
    List<TextModel> models = new ArrayList<>();
    oracle.ifPresent(choice -> {
      SampleScores reference = scoresOf(choice.chosen().trial());
      plan.models().forEach(model -> model(model, reference).ifPresent(models::add));
    });
    return new TextReport(plan, oracle, models, unfinished);
  }

  private SampleScores scoresOf(Finished trial) {
    return scores
        .apply(trial.id())
        .orElseThrow(() -> new IllegalStateException("trial " + trial.id() + " has no scores"));
  }

  private Optional<OracleChoice> oracle() {
    List<OracleChoice.Candidate> candidates = new ArrayList<>();
    for (TrialSpecification trial : plan.oracleTrials()) {
      Finished result = finished.get(trial);
      if (result != null) {
        CodeLengths heldOut = scoresOf(result).fresh();
        int test = plan.source().test();
        int length = trial.model().contextLength();
        Bits testBits = perToken(heldOut.first(test), length);
        candidates.add(
            new OracleChoice.Candidate(
                result,
                plan.source().reference() == 0 ? testBits : perToken(heldOut.from(test), length),
                testBits));
      }
    }
    return candidates.stream()
        .min(Comparator.comparing(OracleChoice.Candidate::referencePerToken))
        .map(best -> new OracleChoice(best, candidates));
  }

  static Bits perToken(CodeLengths lengths, int positions) {
    return lengths.total().times(1.0 / lengths.count() / positions);
  }

  private Optional<TextModel> model(GptConfig model, SampleScores oracle) {
    Finished reference = finished.get(plan.reference(model));
    if (reference == null) {
      return Optional.empty();
    }
    CellAnalysis analysis = new CellAnalysis(plan, training, unseen, oracle, scoresOf(reference));
    List<TextCell> cells = new ArrayList<>();
    for (int size : plan.sizes()) {
      for (long seed : plan.seeds()) {
        Finished trial = finished.get(plan.trial(model, size, seed));
        if (trial != null) {
          cells.add(analysis.cell(trial, scoresOf(trial)));
        }
      }
    }
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of(new TextModel(model, cells, descent(model, cells)));
  }

  private DoubleDescent descent(GptConfig model, List<TextCell> cells) {
    Map<Integer, List<TextCell>> bySize = new TreeMap<>();
    cells.forEach(
        cell -> bySize.computeIfAbsent(cell.sequences(), size -> new ArrayList<>()).add(cell));
    List<DoubleDescent.Size> sizes = new ArrayList<>();
    bySize.forEach((size, seeds) ->
        sizes.add(
            new DoubleDescent.Size(
                size, mean(seeds, TextCell::trainPerToken), mean(seeds, TextCell::testPerToken))));
    Bits perSequence = Bits.toChoose(model.vocabularySize()).times(model.contextLength());
    InterpolationPoint predicted =
        capacities
            .apply(model)
            .map(capacity -> InterpolationPoint.measured(capacity, perSequence))
            .orElseGet(() ->
                InterpolationPoint.ofParameters(
                    Alpha.PUBLISHED.perParameter().value(),
                    model.parameterCount().total(),
                    perSequence));
    return DoubleDescent.judge(sizes, predicted, MARGIN);
  }

  private static Bits mean(List<TextCell> cells, Function<TextCell, Bits> figure) {
    return cells.stream().map(figure).reduce(Bits.ZERO, Bits::plus).times(1.0 / cells.size());
  }
}
