package dev.mneme.text;

import dev.mneme.attack.Attack;
import dev.mneme.attack.AttackReport;
import dev.mneme.attack.BlindBaseline;
import dev.mneme.attack.MembershipScores;
import dev.mneme.attack.MostMemorized;
import dev.mneme.attack.ScoreFunctions;
import dev.mneme.attack.TermRarity;
import dev.mneme.data.TokenDataset;
import dev.mneme.data.text.TextSequences;
import dev.mneme.experiment.SampleScores;
import dev.mneme.experiment.TextScores;
import dev.mneme.experiment.TokenBits;
import dev.mneme.experiment.TrialResult.Finished;
import dev.mneme.measure.CompressionRates;
import dev.mneme.measure.LearningPhases;
import dev.mneme.measure.UnintendedMemorization;
import dev.mneme.random.Seed;
import dev.mneme.unit.Bits;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Compares one trained model after the other with the oracle and the same-size reference.
final class CellAnalysis {
  /// Most memorized sequences that are listed.
  private static final int TOP = 20;

  private final TextPlan plan;
  private final TextSequences training;
  private final TokenDataset unseen;
  private final SampleScores oracle;
  private final SampleScores sameSize;
  private final Bits uniform;
  private final int length;

  CellAnalysis(
      TextPlan plan,
      TextSequences training,
      TokenDataset unseen,
      SampleScores oracle,
      SampleScores sameSize) {
    this.plan = plan;
    this.training = training;
    this.unseen = unseen;
    this.oracle = oracle;
    this.sameSize = sameSize;
    this.length = unseen.sequenceLength();
    this.uniform = Bits.toChoose(unseen.vocabularySize()).times(length);
  }

  TextCell cell(Finished trial, SampleScores scores) {
    CodeLengths test = scores.fresh().first(plan.source().test());
    Against againstOracle = against(oracle, scores);
    UnintendedMemorization memorization = againstOracle.training();
    double[] rarities = rarities(memorization.count());
    MostMemorized most = most(memorization, rarities);
    return new TextCell(
        trial,
        TextAnalysis.perToken(scores.training(), length),
        TextAnalysis.perToken(test, length),
        againstOracle,
        against(sameSize, scores),
        scores.text().map(this::extraction).orElse(List.of()),
        scores.text().flatMap(text -> attacks(trial, scores, text)),
        CompressionRates.of(scores.training(), uniform),
        CompressionRates.of(test, uniform),
        phases(trial),
        most,
        sample(memorization, rarities),
        tokens(most, scores));
  }

  private Against against(SampleScores reference, SampleScores model) {
    int size = model.training().count();
    int test = plan.source().test();
    return new Against(
        new UnintendedMemorization(reference.training().first(size), model.training(), uniform),
        new UnintendedMemorization(
            reference.fresh().first(test), model.fresh().first(test), uniform));
  }

  private List<ExtractionRates> extraction(TextScores text) {
    return text.completions().stream().map(one -> ExtractionRates.of(one, length)).toList();
  }

  private Optional<AttackReport> attacks(Finished trial, SampleScores scores, TextScores text) {
    int members = plan.source().probedOf(scores.training().count());
    int others = plan.source().probed();
    if (members < TextAnalysis.FEWEST_MEMBERS) {
      return Optional.empty();
    }
    List<MembershipScores> attacks = new ArrayList<>();
    attacks.add(
        MembershipScores.of(
            Attack.LOSS,
            ScoreFunctions.loss(scores.training().first(members)),
            ScoreFunctions.loss(scores.fresh().first(others))));
    attacks.add(
        MembershipScores.of(
            Attack.REF,
            ScoreFunctions.reference(
                scores.training().first(members), oracle.training().first(members)),
            ScoreFunctions.reference(scores.fresh().first(others), oracle.fresh().first(others))));
    attacks.addAll(text.attacks());
    MembershipScores blind =
        BlindBaseline.scores(training.tokens().first(members), unseen.first(others));
    return Optional.of(
        AttackReport.of(
            attacks, blind, new Seed(trial.specification().seed()).derive("attack", 0)));
  }

  private static LearningPhases phases(Finished trial) {
    return LearningPhases.of(TextCell.curve(trial), TextAnalysis.MARGIN);
  }

  private List<TokenCosts> tokens(MostMemorized most, SampleScores scores) {
    Optional<TokenBits> model = scores.text().map(TextScores::tokens);
    Optional<TokenBits> reference = oracle.text().map(TextScores::tokens);
    if (model.isEmpty() || reference.isEmpty()) {
      return List.of();
    }
    int kept = Math.min(model.get().count(), reference.get().count());
    return most.samples().stream().allMatch(sample -> sample.index() < kept)
        ? most.samples().stream()
            .map(sample -> TokenCosts.of(sample.index(), model.get(), reference.get()))
            .toList()
        : List.of();
  }

  private double[] rarities(int size) {
    TokenDataset sequences = training.tokens().first(size);
    return TermRarity.in(sequences).of(sequences);
  }

  private static RaritySample sample(UnintendedMemorization memorization, double[] rarities) {
    return new RaritySample(
        memorization.count(),
        IntStream.range(0, Math.min(RaritySample.MOST, memorization.count()))
            .mapToObj(
                i -> new RaritySample.Point(new Bits(rarities[i]), memorization.unintended(i)))
            .toList());
  }

  private MostMemorized most(UnintendedMemorization memorization, double[] rarities) {
    int size = memorization.count();
    int[] occurrences = IntStream.range(0, size).map(training::occurrences).toArray();
    int probed = Math.max(1, plan.source().probedOf(size));
    MostMemorized whole = MostMemorized.of(memorization, rarities, occurrences, 1);
    MostMemorized first =
        MostMemorized.of(
            memorization.first(probed),
            java.util.Arrays.copyOf(rarities, probed),
            java.util.Arrays.copyOf(occurrences, probed),
            TOP);
    return new MostMemorized(first.samples(), whole.rarityCorrelation());
  }
}
