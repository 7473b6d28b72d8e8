package dev.mneme.text;

import dev.mneme.attack.AttackReport;
import dev.mneme.attack.MostMemorized;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.TrialResult;
import dev.mneme.measure.CompressionRates;
import dev.mneme.measure.LearningPhases;
import dev.mneme.model.GptConfig;
import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Optional;

/// One model on one data set.
///
/// @param trial what was trained
/// @param trainPerToken mean code length of a token of the training set
/// @param testPerToken mean code length of a token of the test split
/// @param oracle beside the oracle
/// @param sameSize beside a model of the same size trained on the full set; at the full size that
///   is another seed of the same model, a control
/// @param extraction for each length of prefix
/// @param attacks absent where there are too few members to judge
/// @param trainRates compression rates of the training sequences
/// @param testRates compression rates of the test sequences
/// @param phases what held-out loss does over the steps
/// @param most the most memorized of the probed sequences against the oracle, and the correlation
///   of memorization with rare words over the whole training set
public record TextCell(
    TrialResult.Finished trial,
    Bits trainPerToken,
    Bits testPerToken,
    Against oracle,
    Against sameSize,
    List<ExtractionRates> extraction,
    Optional<AttackReport> attacks,
    CompressionRates trainRates,
    CompressionRates testRates,
    LearningPhases phases,
    MostMemorized most,
    RaritySample rarity,
    List<TokenCosts> tokens) {
  public TextCell {
    extraction = List.copyOf(extraction);
    tokens = List.copyOf(tokens);
  }

  /// The size of the training set, N.
  public int sequences() {
    return trial.specification().sequences();
  }

  /// The seed of initialization and order.
  public long seed() {
    return trial.specification().seed();
  }

  /// Both losses over the steps, in bits per token; held-out loss is over test and reference split
  /// together.
  public List<LearningPhases.Point> curve() {
    return curve(trial);
  }

  static List<LearningPhases.Point> curve(TrialResult.Finished trial) {
    if (!(trial.specification().data() instanceof TextSource source)) {
      throw new IllegalArgumentException("trial " + trial.id() + " is not one on text");
    }
    GptConfig model = trial.specification().model();
    Bits perToken = Bits.toChoose(model.vocabularySize());
    double tokens = (double) trial.specification().sequences() * model.contextLength();
    double heldOutTokens = ((double) source.test() + source.reference()) * model.contextLength();
    return trial.curve().stream()
        .flatMap(point ->
            point.heldOut().stream()
                .map(heldOut ->
                    new LearningPhases.Point(
                        point.step(),
                        perToken.minus(point.net().times(1 / tokens)),
                        perToken.minus(heldOut.times(1 / heldOutTokens)))))
        .toList();
  }
}
