package dev.mneme.app.report;

import dev.mneme.attack.Attack;
import dev.mneme.attack.AttackReport;
import dev.mneme.attack.ExtractionComparison;
import dev.mneme.attack.MembershipScores;
import dev.mneme.attack.MostMemorized;
import dev.mneme.attack.Rate;
import dev.mneme.data.tokenizer.TextPiece;
import dev.mneme.engine.AdamW;
import dev.mneme.engine.EngineIdentity;
import dev.mneme.experiment.CurvePoint;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.Provenance;
import dev.mneme.experiment.TrialResult;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.law.PublishedMembership;
import dev.mneme.measure.CompressionRates;
import dev.mneme.measure.DoubleDescent;
import dev.mneme.measure.InterpolationPoint;
import dev.mneme.measure.LearningPhases;
import dev.mneme.measure.Memorization;
import dev.mneme.measure.UnintendedMemorization;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import dev.mneme.text.Against;
import dev.mneme.text.ExtractionRates;
import dev.mneme.text.OracleChoice;
import dev.mneme.text.RaritySample;
import dev.mneme.text.TextCell;
import dev.mneme.text.TextModel;
import dev.mneme.text.TextPlan;
import dev.mneme.text.TextReport;
import dev.mneme.text.TextSize;
import dev.mneme.text.TokenCosts;
import dev.mneme.training.LearningRateSchedule;
import dev.mneme.training.TrainingPlan;
import dev.mneme.unit.Bits;
import dev.mneme.unit.BitsPerParameter;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Reports on text made up from formulas and named random streams, shaped like real ones: small
/// data are memorized, large ones understood, and test loss peaks between.
public final class MadeUpTextReports {
  private static final int TEST = 200;
  private static final int LENGTH = 16;
  private static final int VOCABULARY = 256;
  private static final Bits PER_TOKEN = Bits.toChoose(VOCABULARY);
  private static final Bits UNIFORM = PER_TOKEN.times(LENGTH);
  private static final TrainingPlan TRAINING =
      new TrainingPlan(
          4_000,
          32,
          new LearningRateSchedule(0.01, 0.02, 0.5, LearningRateSchedule.Decay.LINEAR),
          new AdamW(0.9, 0.99, 1e-8, 0),
          new Initialization(0.05, 0.02),
          24);

  private final List<GptConfig> models;
  private final List<Integer> sizes;
  private final List<Long> seeds;
  private final boolean probed;

  private MadeUpTextReports(
      List<GptConfig> models, List<Integer> sizes, List<Long> seeds, boolean probed) {
    this.models = models;
    this.sizes = sizes;
    this.seeds = seeds;
    this.probed = probed;
  }

  /// Three models on eight sizes with one seed.
  public static TextReport full() {
    return of(
        List.of(8, 16, 32), List.of(125, 250, 500, 1000, 2000, 4000, 8000, 16_000), List.of(1L));
  }

  /// Everything measured.
  public static TextReport of(List<Integer> widths, List<Integer> sizes, List<Long> seeds) {
    return new MadeUpTextReports(shapes(widths), sizes, seeds, true).report();
  }

  /// One model on one size, neither attacked nor completed.
  public static TextReport smallest() {
    return new MadeUpTextReports(shapes(List.of(16)), List.of(12), List.of(1L), false).report();
  }

  /// Nothing finished.
  public static TextReport nothing() {
    TextPlan plan =
        new MadeUpTextReports(shapes(List.of(16)), List.of(12), List.of(1L), false).plan();
    GptConfig model = plan.models().getFirst();
    return new TextReport(
        plan,
        Optional.empty(),
        List.of(),
        List.of(
            new TrialResult.Diverged(
                plan.trial(model, 12, 1), "a", provenance(), 17, "a loss was \u001b[31mNot finite"),
            new TrialResult.Diverged(
                plan.reference(model), "b", provenance(), 18, "a loss was \u001b[31mNot finite"),
            new TrialResult.Failed(
                plan.oracleTrials().getFirst(), "c", provenance(), "out of memory.")));
  }

  private static List<GptConfig> shapes(List<Integer> widths) {
    return widths.stream().map(width -> GptConfig.of(1, width, VOCABULARY, LENGTH)).toList();
  }

  private TextPlan plan() {
    return new TextPlan(
        new TextSource(
            "plays",
            "bytes",
            "hash",
            TEST,
            100,
            probed ? TEST : 0,
            probed ? List.of(4, 8) : List.of()),
        models,
        sizes,
        TRAINING,
        seeds,
        99,
        List.of(
            new TextPlan.Oracle(GptConfig.of(2, 64, VOCABULARY, LENGTH), TRAINING),
            new TextPlan.Oracle(GptConfig.of(4, 128, VOCABULARY, LENGTH), TRAINING)));
  }

  private TextReport report() {
    TextPlan plan = plan();
    List<OracleChoice.Candidate> candidates = new ArrayList<>();
    for (TrialSpecification trial : plan.oracleTrials()) {
      candidates.add(
          new OracleChoice.Candidate(
              finished(trial, List.of()),
              new Bits(2.5 - 0.1 * candidates.size()),
              new Bits(2.6 - 0.1 * candidates.size())));
    }
    return new TextReport(
        plan,
        Optional.of(new OracleChoice(candidates.getLast(), candidates)),
        models.stream().map(model -> model(plan, model)).toList(),
        List.of());
  }

  private TextModel model(TextPlan plan, GptConfig model) {
    InterpolationPoint predicted =
        InterpolationPoint.ofParameters(
            new BitsPerParameter(3.64), model.parameterCount().total(), UNIFORM);
    List<TextCell> cells = new ArrayList<>();
    for (int size : plan.sizes()) {
      for (long seed : seeds) {
        cells.add(cell(plan.trial(model, size, seed), predicted.sequences()));
      }
    }
    TextModel without =
        new TextModel(
            model,
            cells,
            DoubleDescent.judge(
                List.of(new DoubleDescent.Size(1, Bits.ZERO, Bits.ZERO)),
                predicted,
                new Bits(0.02)));
    List<DoubleDescent.Size> points =
        TextSize.of(without).stream()
            .map(size ->
                new DoubleDescent.Size(
                    size.sequences(),
                    new Bits(size.mean(cell -> cell.trainPerToken().value())),
                    new Bits(size.mean(cell -> cell.testPerToken().value()))))
            .toList();
    return new TextModel(model, cells, DoubleDescent.judge(points, predicted, new Bits(0.02)));
  }

  private TextCell cell(TrialSpecification trial, double predicted) {
    int size = trial.sequences();
    double ratio = size / predicted;
    Seed seed = new Seed(trial.seed() + 31L * size + trial.model().width());
    double train = 3.0 * ratio / (1 + ratio) + 0.1;
    double peak = 0.8 * Math.exp(-Math.pow(Math.log(ratio), 2));
    double test = 3.3 + peak + 1.0 / (1 + ratio) * 0.3;
    CodeLengths trained = lengths(size, train, seed.derive("train", 0));
    CodeLengths held = lengths(TEST, test, seed.derive("test", 0));
    CodeLengths oracleTrained = lengths(size, 2.3, seed.derive("oracle", 0));
    CodeLengths oracleHeld = lengths(TEST, 2.5, seed.derive("oracle", 1));
    Against oracle =
        new Against(
            new UnintendedMemorization(oracleTrained, trained, UNIFORM),
            new UnintendedMemorization(oracleHeld, held, UNIFORM));
    Against same =
        new Against(
            new UnintendedMemorization(
                lengths(size, 2.9, seed.derive("same", 0)), trained, UNIFORM),
            new UnintendedMemorization(lengths(TEST, 3.1, seed.derive("same", 1)), held, UNIFORM));
    List<CurvePoint> curve = curve(size, train, test);
    MostMemorized most = most(oracle.training());
    return new TextCell(
        finished(trial, curve),
        trained.total().times(1.0 / size / LENGTH),
        held.total().times(1.0 / TEST / LENGTH),
        oracle,
        same,
        probed ? List.of(extraction(4, ratio, size), extraction(8, ratio / 2, size)) : List.of(),
        probed ? Optional.of(attacks(trial, seed)) : Optional.empty(),
        CompressionRates.of(trained, UNIFORM),
        CompressionRates.of(held, UNIFORM),
        phases(curve, size),
        most,
        rarity(oracle.training()),
        probed ? most.samples().stream().map(MadeUpTextReports::tokens).toList() : List.of());
  }

  /// What is saved beyond the oracle lies on every other token, from 0 on the first upwards.
  private static TokenCosts tokens(MostMemorized.Sample sample) {
    double share = sample.unintended().value() / IntStream.range(0, LENGTH / 2).sum();
    return new TokenCosts(
        sample.index(),
        IntStream.range(0, LENGTH).mapToObj(i -> 0.25 * i).toList(),
        IntStream.range(0, LENGTH)
            .mapToObj(i -> 0.25 * i + (i % 2 == 0 ? share * (i / 2.0) : 0))
            .toList());
  }

  /// A text cut into as many pieces as a sequence has tokens, anywhere but within characters. The
  /// last piece has the rest.
  public static List<TextPiece> pieces(String text) {
    List<TextPiece> pieces = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < LENGTH; i++) {
      int end =
          i == LENGTH - 1
              ? text.length()
              : Math.min(text.length(), text.length() * (i + 1) / LENGTH);
      if (end > begin && end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
        end++;
      }
      pieces.add(new TextPiece(text.substring(begin, end), 1));
      begin = end;
    }
    return pieces;
  }

  private static CodeLengths lengths(int count, double perToken, Seed seed) {
    RandomStream random = seed.stream();
    return CodeLengths.ofBits(
        IntStream.range(0, count)
            .mapToDouble(i -> LENGTH * perToken * Math.exp(0.25 * random.nextGaussian()))
            .toArray());
  }

  private static ExtractionRates extraction(int prefix, double ratio, int size) {
    int cases = Math.min(size, TEST);
    return new ExtractionRates(
        prefix,
        ExtractionComparison.of(
            Rate.of(Math.round(cases * Math.exp(-ratio)), cases),
            Rate.of(Math.round(TEST * 0.03), TEST)));
  }

  private static AttackReport attacks(TrialSpecification trial, Seed seed) {
    double z = UNIFORM.value() * trial.sequences() / trial.model().parameterCount().total();
    double shift = 6 * (PublishedMembership.LAW.at(z) - 0.5);
    List<MembershipScores> scores = new ArrayList<>();
    for (Attack attack : Attack.values()) {
      if (attack != Attack.BLIND) {
        scores.add(scores(attack, shift, seed));
      }
    }
    return AttackReport.of(scores, scores(Attack.BLIND, 0.5, seed), seed);
  }

  private static MembershipScores scores(Attack attack, double shift, Seed seed) {
    RandomStream random = seed.derive("attack " + attack.label(), 1).stream();
    return MembershipScores.of(
        attack,
        IntStream.range(0, TEST).mapToDouble(i -> random.nextGaussian() + shift).toArray(),
        IntStream.range(0, TEST).mapToDouble(i -> random.nextGaussian()).toArray());
  }

  /// Saved bits over steps: training loss falls to its last value, held-out loss first falls too.
  private static List<CurvePoint> curve(int size, double train, double test) {
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      double done = (i + 1) / 24.0;
      long step = Math.max(i + 1, Math.round(Math.pow(4_000, done)));
      double heldOut = done < 0.5 ? 8 - (8 - 3.2) * done * 2 : 3.2 + (test - 3.2) * (done * 2 - 1);
      points.add(
          new CurvePoint(
              step,
              PER_TOKEN.minus(new Bits(8 + (train - 8) * done)).times((double) size * LENGTH),
              Optional.of(
                  PER_TOKEN.minus(new Bits(heldOut)).times((double) (TEST + 100) * LENGTH))));
    }
    return points;
  }

  private static LearningPhases phases(List<CurvePoint> curve, int size) {
    return LearningPhases.of(
        curve.stream()
            .map(point ->
                new LearningPhases.Point(
                    point.step(),
                    PER_TOKEN.minus(point.net().times(1.0 / size / LENGTH)),
                    PER_TOKEN.minus(
                        point.heldOut().orElseThrow().times(1.0 / (TEST + 100) / LENGTH))))
            .toList(),
        new Bits(0.02));
  }

  private static MostMemorized most(UnintendedMemorization memorization) {
    int count = memorization.count();
    return MostMemorized.of(
        memorization,
        IntStream.range(0, count).mapToDouble(i -> 3 + i % 7 / 10.0).toArray(),
        IntStream.range(0, count).map(i -> 1 + i % 3).toArray(),
        5);
  }

  private static RaritySample rarity(UnintendedMemorization memorization) {
    return new RaritySample(
        memorization.count(),
        IntStream.range(0, Math.min(RaritySample.MOST, memorization.count()))
            .mapToObj(
                i -> new RaritySample.Point(new Bits(3 + i % 7 / 10.0), memorization.unintended(i)))
            .toList());
  }

  private static Provenance provenance() {
    return new Provenance(
        new EngineIdentity("made up", 1, 256, "fp32"),
        "data",
        "0",
        "j",
        "o",
        "p",
        1,
        OptionalDouble.empty(),
        1);
  }

  private static TrialResult.Finished finished(TrialSpecification trial, List<CurvePoint> curve) {
    Memorization none = new Memorization(UNIFORM, Bits.ZERO, Bits.ZERO, Bits.ZERO);
    return new TrialResult.Finished(
        trial,
        "trial-%d-%d-%d".formatted(trial.model().width(), trial.sequences(), trial.seed()),
        provenance(),
        none,
        none,
        none,
        UNIFORM,
        curve);
  }
}
