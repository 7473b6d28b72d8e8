package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.engine.reference.ReferenceEngine;
import dev.mneme.engine.reference.SlightlyWrongReference;
import dev.mneme.model.GptConfig;
import dev.mneme.model.Initialization;
import dev.mneme.model.ParameterLayout;
import dev.mneme.random.Seed;
import dev.mneme.unit.CodeLengths;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every engine must do. A subclass for each engine names the engine and how far it may lie
/// from the reference; everything that is promised bit for bit is tested bit for bit.
///
/// Methods are public because a subclass in another package inherits them across a module whose
/// packages the test runner does not open.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
  private final Engine reference = new ReferenceEngine();

  /// The engine under test.
  protected abstract Engine engine();

  /// How far it may lie from the reference.
  protected abstract Tolerances tolerances();

  /// The cases to try; an engine that is too slow for some leaves them out here.
  public List<ContractCase> cases() {
    return ContractCase.all();
  }

  // ---- the same figures as the reference

  @ParameterizedTest
  @MethodSource("cases")
  public void logitsAreThoseOfTheReference(ContractCase example) {
    compare(example, reference).logits();
  }

  @ParameterizedTest
  @MethodSource("cases")
  public void codeLengthsAreThoseOfTheReference(ContractCase example) {
    compare(example, reference).codeLengths();
  }

  @ParameterizedTest
  @MethodSource("cases")
  public void everyGradientIsThatOfTheReference(ContractCase example) {
    compare(example, reference).gradient();
  }

  @ParameterizedTest
  @MethodSource("trainedCases")
  public void tenTrainingStepsLeadWhereThoseOfTheReferenceLead(ContractCase example) {
    compare(example, reference).training();
  }

  @ParameterizedTest
  @MethodSource("cases")
  public void tenMuonStepsAgreeWithTheReference(ContractCase example) {
    compare(example, reference).trainingWithMuon();
  }

  /// Saturated networks are left out: there training is chaotic, and any rounding grows.
  public List<ContractCase> trainedCases() {
    return cases().stream().filter(example -> !example.saturated()).toList();
  }

  private EngineComparison compare(ContractCase example, Engine against) {
    return new EngineComparison(example, tolerances(), engine(), against);
  }

  // ---- and only those: the tolerances notice a network that is slightly wrong

  @Test
  public void logitTolerancesNoticeWrongNetworks() {
    ContractCase example = ContractCase.representative();
    for (ParameterLayout.Tensor tensor : example.layout().tensors()) {
      assertNoticed(
          "without " + tensor.name(),
          Mutants.without(reference, tensor.name()),
          EngineComparison::logits);
    }
    assertNoticed(
        "unscaled scores", Mutants.withoutScoreScale(reference), EngineComparison::logits);
    SlightlyWrongReference.engines()
        .forEach((name, wrong) -> assertNoticed(name, wrong, EngineComparison::logits));
    assertNoticed(
        "one logit",
        Mutants.logits(
            reference,
            logits -> {
              logits[17] += 1e-3 * largest(logits);
              return logits;
            }),
        EngineComparison::logits);
    assertNoticed(
        "NaN",
        Mutants.logits(
            reference,
            logits -> {
              logits[17] = Double.NaN;
              return logits;
            }),
        EngineComparison::logits);
  }

  @Test
  public void codeLengthTolerancesNoticeWrongNetworks() {
    SlightlyWrongReference.engines()
        .forEach((name, wrong) -> assertNoticed(name, wrong, EngineComparison::codeLengths));
    assertNoticed(
        "one sequence",
        Mutants.codeLengths(
            reference,
            bits -> {
              bits[1] *= 1.001;
              return bits;
            }),
        EngineComparison::codeLengths);
  }

  @Test
  public void gradientTolerancesNoticeWrongNetworks() {
    ContractCase example = ContractCase.representative();
    for (ParameterLayout.Tensor tensor : example.layout().tensors()) {
      assertNoticed(
          "without " + tensor.name(),
          Mutants.without(reference, tensor.name()),
          EngineComparison::gradient);
      assertNoticed(
          "largest entry of the gradient of " + tensor.name(),
          Mutants.gradient(
              reference,
              gradient -> {
                int largest = byMagnitude(tensor, gradient, 1);
                gradient[largest] *= 1.01;
                return gradient;
              }),
          EngineComparison::gradient);
      assertNoticed(
          "middling entry of the gradient of " + tensor.name(),
          Mutants.gradient(
              reference,
              gradient -> {
                gradient[byMagnitude(tensor, gradient, 0.5)] = 0;
                return gradient;
              }),
          EngineComparison::gradient);
    }
    assertNoticed(
        "unscaled scores", Mutants.withoutScoreScale(reference), EngineComparison::gradient);
    SlightlyWrongReference.engines()
        .forEach((name, wrong) -> assertNoticed(name, wrong, EngineComparison::gradient));
  }

  @Test
  public void trainingTolerancesNoticeWrongOptimizers() {
    assertWrongStepNoticed(
        "no bias correction",
        s -> new OptimizerStep(s.number() + 100_000, s.learningRate(), s.optimizer()));
    assertWrongStepNoticed(
        "step counted from 2",
        s -> new OptimizerStep(s.number() + 1, s.learningRate(), s.optimizer()));
    assertWrongStepNoticed(
        "learning rate",
        s -> new OptimizerStep(s.number(), 1.02 * s.learningRate(), s.optimizer()));
    AdamW right = EngineComparison.ADAMW;
    double epsilon = right.epsilon();
    double decay = right.weightDecay();
    assertWrongOptimizerNoticed("no weight decay", new AdamW(0.9, 0.99, epsilon, 0));
    assertWrongOptimizerNoticed("epsilon", new AdamW(0.9, 0.99, 0.9 * epsilon, decay));
    assertWrongOptimizerNoticed("beta 2", new AdamW(0.9, 0.98, epsilon, decay));
    assertWrongOptimizerNoticed("beta 1", new AdamW(0.89, 0.99, epsilon, decay));
  }

  @Test
  public void trainingTolerancesNoticeAWrongMuon() {
    AdamW inner = EngineComparison.ADAMW;
    assertWrongMuonNoticed("momentum", new Muon(0.89, 0.1, 3, inner));
    assertWrongMuonNoticed("scale of matrices", new Muon(0.9, 0.102, 3, inner));
    assertWrongMuonNoticed("rate of the embedding", new Muon(0.9, 0.1, 3.06, inner));
    assertWrongMuonNoticed("no weight decay", new Muon(0.9, 0.1, 3, new AdamW(0.9, 0.99, 1e-3, 0)));
    assertWrongMuonNoticed("AdamW throughout", inner);
  }

  private void assertWrongStepNoticed(String mistake, UnaryOperator<OptimizerStep> change) {
    assertNoticed(mistake, Mutants.steps(reference, change), EngineComparison::training);
  }

  private void assertWrongOptimizerNoticed(String mistake, Optimizer wrong) {
    assertWrongStepNoticed(mistake, withOptimizer(wrong));
  }

  private void assertWrongMuonNoticed(String mistake, Optimizer wrong) {
    assertNoticed(
        mistake,
        Mutants.steps(reference, withOptimizer(wrong)),
        EngineComparison::trainingWithMuon);
  }

  private static UnaryOperator<OptimizerStep> withOptimizer(Optimizer optimizer) {
    return step -> new OptimizerStep(step.number(), step.learningRate(), optimizer);
  }

  private void assertNoticed(String mistake, Engine wrong, Consumer<EngineComparison> check) {
    EngineComparison comparison = compare(ContractCase.representative(), wrong);
    assertThatExceptionOfType(AssertionError.class)
        .as("the tolerances let this pass: %s", mistake)
        .isThrownBy(() -> check.accept(comparison));
  }

  // ---- promised bit for bit

  @ParameterizedTest
  @MethodSource("cases")
  public void rowsOfLogitsDependOnEarlierTokensOfTheirSequenceAlone(ContractCase example) {
    int length = example.sequenceLength();
    int vocabulary = example.config().vocabularySize();
    TokenDataset data = example.data();
    TrainableModel model = model(example);
    double[] alone = model.logits(new TokenBatch(data, new int[] {0}));
    for (int changed : new int[] {0, length / 2, length - 1}) {
      int[] tokens = new int[3 * length];
      System.arraycopy(data.sequence(1), 0, tokens, 0, length);
      System.arraycopy(data.sequence(0), 0, tokens, length, length);
      System.arraycopy(data.sequence(2), 0, tokens, 2 * length, length);
      for (int t = changed; t < length; t++) { // every token from `changed` on is another one
        tokens[length + t] = (tokens[length + t] + 1 + t % (vocabulary - 1)) % vocabulary;
      }
      TokenDataset other = TokenDataset.of(vocabulary, length, tokens);
      double[] together = model.logits(new TokenBatch(other, new int[] {0, 1, 2}));
      int rows = changed + 1; // row `changed` depends on tokens before it
      assertThat(Arrays.copyOfRange(together, length * vocabulary, (length + rows) * vocabulary))
          .isEqualTo(Arrays.copyOf(alone, rows * vocabulary));
      if (changed + 1 < length) { // and the next row does see the change
        int next = rows * vocabulary;
        assertThat(
                Arrays.copyOfRange(
                    together, length * vocabulary + next, length * vocabulary + next + vocabulary))
            .isNotEqualTo(Arrays.copyOfRange(alone, next, next + vocabulary));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  public void shorterSequencesHaveTheLogitsOfTheBeginningOfLongerOnes(ContractCase example) {
    int shorter = (example.sequenceLength() + 1) / 2;
    int vocabulary = example.config().vocabularySize();
    TrainableModel model = model(example);
    int[] beginning = Arrays.copyOf(example.data().sequence(1), shorter);
    double[] ofShorter =
        model.logits(TokenBatch.all(TokenDataset.of(vocabulary, shorter, beginning)));
    double[] ofLonger = model.logits(new TokenBatch(example.data(), new int[] {1}));
    assertThat(ofShorter).isEqualTo(Arrays.copyOf(ofLonger, shorter * vocabulary));
  }

  @ParameterizedTest
  @MethodSource("cases")
  public void codeLengthsDoNotDependOnHowTheDataIsSplit(ContractCase example) {
    TokenDataset data = example.data();
    TrainableModel model = model(example);
    CodeLengths atOnce = model.codeLengths(TokenBatch.all(data));
    for (int chunk = 1; chunk < data.count(); chunk++) {
      for (int from = 0; from < data.count(); from += chunk) {
        int to = Math.min(data.count(), from + chunk);
        assertThat(model.codeLengths(TokenBatch.range(data, from, to)).toArray())
            .isEqualTo(Arrays.copyOfRange(atOnce.toArray(), from, to));
      }
    }
    CodeLengths mixed = model.codeLengths(new TokenBatch(data, new int[] {2, 0, 2, 1}));
    assertThat(mixed.toArray())
        .containsExactly(atOnce.bits(2), atOnce.bits(0), atOnce.bits(2), atOnce.bits(1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  public void codeLengthsAreThoseOfTheSoftMaxOfTheLogitsInDoublePrecision(ContractCase example) {
    TokenBatch batch = example.tokens();
    TrainableModel model = model(example);
    double[] logits = model.logits(batch);
    CodeLengths lengths = model.codeLengths(batch);
    int vocabulary = example.config().vocabularySize();
    for (int b = 0; b < batch.size(); b++) {
      double bits = 0;
      for (int t = 0; t < example.sequenceLength(); t++) {
        int row = (b * example.sequenceLength() + t) * vocabulary;
        double target = logits[row + batch.data().token(batch.indices()[b], t)];
        double sum = 0;
        for (int v = 0; v < vocabulary; v++) {
          sum += Math.exp(logits[row + v] - target);
        }
        bits += Math.log(sum) / Math.log(2);
      }
      assertThat(lengths.bits(b)).isCloseTo(bits, within(1e-11 * Math.max(1, bits)));
    }
  }

  @Test
  public void equalWorkGivesEqualBitsInAnotherInstanceWhateverWasScoredBetween() {
    for (ContractCase example : cases()) {
      TrainableModel one = model(example);
      TrainableModel other = engine().create(example.config(), example.parameters());
      for (int number = 1; number <= 4; number++) {
        other.codeLengths(TokenBatch.all(example.data()));
        other.gradient(new TokenBatch(example.data(), new int[] {2}));
        assertThat(other.trainStep(example.tokens(), plainStep(number)))
            .isEqualTo(one.trainStep(example.tokens(), plainStep(number)));
      }
      assertSameState(other.state(), one.state());
      assertThat(other.gradient(example.tokens()).values())
          .isEqualTo(one.gradient(example.tokens()).values());
    }
  }

  @Test
  public void restoredModelsGoOnAsIfNeverStopped() {
    for (ContractCase example : cases()) {
      TrainableModel straight = model(example);
      for (int number = 1; number <= 3; number++) {
        straight.trainStep(example.tokens(), plainStep(number));
      }
      ModelState stopped = straight.state();
      TrainableModel resumed =
          engine().create(example.config(), new double[example.layout().size()]);
      resumed.trainStep(example.tokens(), plainStep(1)); // leaves moments that must not survive
      resumed.restore(stopped);
      assertSameState(resumed.state(), stopped);
      for (int number = 4; number <= 6; number++) {
        assertThat(resumed.trainStep(example.tokens(), plainStep(number)))
            .isEqualTo(straight.trainStep(example.tokens(), plainStep(number)));
      }
      assertSameState(resumed.state(), straight.state());
    }
  }

  @Test
  public void gradientsAndScoresChangeNothing() {
    ContractCase example = ContractCase.representative();
    TrainableModel model = model(example);
    model.trainStep(example.tokens(), plainStep(1));
    ModelState before = model.state();
    model.gradient(example.tokens());
    model.codeLengths(example.tokens());
    model.logits(example.tokens());
    assertSameState(model.state(), before);
  }

  @Test
  public void modelsShareNoArrayWithTheirCaller() {
    ContractCase example = ContractCase.representative();
    double[] given = example.parameters();
    TrainableModel model = engine().create(example.config(), given);
    Arrays.fill(given, 7);
    ModelState handedOut = model.state();
    assertThat(handedOut.parameters()).isEqualTo(example.parameters());
    assertThat(handedOut.firstMoment()).containsOnly(0);
    assertThat(handedOut.secondMoment()).containsOnly(0);
    Arrays.fill(handedOut.parameters(), 7);
    Arrays.fill(handedOut.firstMoment(), 7);
    Arrays.fill(handedOut.secondMoment(), 7);
    assertSameState(model.state(), ModelState.initial(example.parameters()));

    ModelState restored = ModelState.initial(example.parameters());
    model.restore(restored);
    Arrays.fill(restored.parameters(), 7);
    assertThat(model.state().parameters()).isEqualTo(example.parameters());

    double[] gradient = model.gradient(example.tokens()).values();
    double[] copy = gradient.clone();
    model.gradient(new TokenBatch(example.data(), new int[] {0}));
    assertThat(gradient).as("a gradient handed out earlier").isEqualTo(copy);
  }

  // ---- greedy completion

  /// Bit for bit: a cached row has the very logits of the whole forward pass, so that near ties
  /// fall the same way. In a network as deep as these with random weights every token depends on
  /// every cached key.
  @ParameterizedTest
  @MethodSource("cases")
  public void completionIsThatOfTheLogitsOverWholeSequences(ContractCase example) {
    TrainableModel model = model(example);
    assertCompletions(example, model);
    for (int number = 1; number <= 5; number++) {
      model.trainStep(example.tokens(), plainStep(number));
    }
    assertCompletions(example, model);
  }

  private static void assertCompletions(ContractCase example, TrainableModel model) {
    int length = example.sequenceLength();
    TokenDataset data = example.data();
    List<TokenBatch> batches =
        List.of(
            new TokenBatch(data, new int[] {1}), new TokenBatch(data, new int[] {2, 0, 2, 3, 1}));
    // The long way through long sequences is cut short where it would take many seconds.
    boolean heavy = (long) length * length * example.config().vocabularySize() > 100_000;
    for (int prefix :
        IntStream.of(0, 1, length / 2, length - 2, length - 1)
            .filter(p -> p >= 0 && p < length && (!heavy || p >= length - 3))
            .distinct()
            .toArray()) {
      for (TokenBatch batch : batches) {
        assertThat(model.complete(batch, prefix))
            .as("prefix %d of %d, batch of %d", prefix, length, batch.size())
            .isEqualTo(UncachedCompletion.of(model, batch, prefix));
      }
    }
  }

  @Test
  public void completionGoesOverManyGroupsAndLeavesTheModelAlone() {
    ContractCase example = ContractCase.representative();
    TrainableModel model = model(example);
    TokenDataset data =
        RandomTokens.generate(new Seed(5), "many", example.config().vocabularySize(), 7, 150);
    ModelState before = model.state();
    int[] all = model.complete(TokenBatch.all(data), 3);
    assertThat(all).isEqualTo(UncachedCompletion.of(model, TokenBatch.all(data), 3));
    assertThat(model.complete(new TokenBatch(data, new int[] {149, 70, 70}), 3))
        .containsExactly(
            IntStream.of(149, 70, 70)
                .flatMap(index -> Arrays.stream(all, 4 * index, 4 * index + 4))
                .toArray());
    assertSameState(model.state(), before);
  }

  @Test
  public void tokensAfterThePrefixHaveNoInfluenceOnCompletion() {
    ContractCase example = ContractCase.representative();
    TrainableModel model = model(example);
    int[] tokens = example.data().sequence(0);
    TokenDataset original = TokenDataset.of(131, 7, tokens);
    Arrays.fill(tokens, 2, 7, 130);
    assertThat(model.complete(TokenBatch.all(TokenDataset.of(131, 7, tokens)), 2))
        .isEqualTo(model.complete(TokenBatch.all(original), 2));
  }

  /// Trained until no code length is above a bit or so, which leaves no room for near ties.
  @Test
  public void memorizedSequencesAreReproducedFromWhatTellsThemApart() {
    GptConfig config = new GptConfig(1, 24, 2, 37, 9, true);
    double[] parameters =
        new Initialization(0.1, 0.1).draw(ParameterLayout.of(config), new Seed(3));
    TokenDataset data = RandomTokens.generate(new Seed(4), "memorized", 37, 9, 5);
    assertThat(IntStream.range(0, 5).map(index -> data.token(index, 0)).distinct().count())
        .as("first tokens, which must tell the sequences apart")
        .isEqualTo(5);
    TokenBatch batch = TokenBatch.all(data);
    int[] suffixes =
        IntStream.range(0, 5)
            .flatMap(index -> Arrays.stream(data.sequence(index)).skip(1))
            .toArray();
    TrainableModel model = engine().create(config, parameters);
    assertThat(model.complete(batch, 1)).as("before training").isNotEqualTo(suffixes);
    for (int number = 1; number <= 150; number++) {
      model.trainStep(batch, plainStep(number));
    }
    // log2 5 bits of the first token cannot be learned.
    assertThat(model.codeLengths(batch).total().value())
        .isLessThan(5 * (Math.log(5) / Math.log(2) + 1));
    assertThat(model.complete(batch, 1)).isEqualTo(suffixes);
    TrainableModel other = reference.create(config, new double[parameters.length]);
    other.restore(model.state());
    assertThat(other.complete(batch, 1)).isEqualTo(suffixes);
  }

  /// Logits of the engines differ by rounding, so that a near tie might fall another way; on these
  /// trained models none does.
  @ParameterizedTest
  @MethodSource("trainedCases")
  public void trainedModelsAreCompletedAsByTheReference(ContractCase example) {
    TrainableModel model = model(example);
    for (int number = 1; number <= 10; number++) {
      model.trainStep(example.tokens(), plainStep(number));
    }
    TrainableModel other = reference.create(example.config(), example.parameters());
    other.restore(model.state());
    int prefix = Math.max(0, example.sequenceLength() - 6);
    assertThat(model.complete(example.tokens(), prefix))
        .isEqualTo(other.complete(example.tokens(), prefix));
  }

  @Test
  public void tiesGoToTheSmallerToken() {
    GptConfig config = new GptConfig(1, 8, 1, 75, 4, false);
    ParameterLayout layout = ParameterLayout.of(config);
    double[] parameters = new double[layout.size()];
    parameters[layout.tensor("ln_f.bias").offset()] = 1; // logits are the head's first column
    int head = layout.tensor("lm_head.weight").offset();
    TokenBatch batch = TokenBatch.all(TokenDataset.of(75, 4, new int[] {9, 9, 9, 9}));
    assertThat(engine().create(config, parameters).complete(batch, 1)).containsExactly(0, 0, 0);
    for (int[] equal : new int[][] {{70, 33, 65}, {34, 33}, {7, 39}, {64, 7}, {74}, {66, 16, 48}}) {
      double[] tied = parameters.clone();
      for (int token : equal) {
        tied[head + 8 * token] = 0.5;
      }
      int first = Arrays.stream(equal).min().orElseThrow();
      assertThat(engine().create(config, tied).complete(batch, 1))
          .containsExactly(first, first, first);
    }
    double[] negative = parameters.clone(); // padding columns, which are 0, must not win
    for (int token = 0; token < 75; token++) {
      negative[head + 8 * token] = token == 42 ? -1 : -2;
    }
    assertThat(engine().create(config, negative).complete(batch, 0))
        .containsExactly(42, 42, 42, 42);
  }

  // ---- batches

  @Test
  public void gradientsAreMeansOverSequencesWhateverTheirOrderAndHoweverOftenTheyOccur() {
    for (ContractCase example : cases()) {
      TrainableModel model = model(example);
      double[] first = model.gradient(new TokenBatch(example.data(), new int[] {0})).values();
      double[] second = model.gradient(new TokenBatch(example.data(), new int[] {2})).values();
      double[] mean = new double[first.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (2 * first[i] + second[i]) / 3;
      }
      EngineComparison comparison = compare(example, reference);
      for (int[] indices : new int[][] {{0, 0, 2}, {0, 2, 0}, {2, 0, 0}}) {
        comparison.assertGradient(
            model.gradient(new TokenBatch(example.data(), indices)).values(), mean);
      }
    }
  }

  @Test
  public void trainingReturnsTheCodeLengthBeforeTheStep() {
    for (ContractCase example : cases()) {
      TrainableModel model = model(example);
      double scored = model.codeLengths(example.tokens()).total().value();
      double ofGradient = model.gradient(example.tokens()).codeLength().value();
      double ofStep = model.trainStep(example.tokens(), plainStep(1)).value();
      double tolerance = tolerances().of(example).codeLength() * scored;
      assertThat(ofGradient).isCloseTo(scored, within(tolerance));
      assertThat(ofStep).isCloseTo(scored, within(tolerance));
      assertThat(model.codeLengths(example.tokens()).total().value()).isNotEqualTo(scored);
    }
  }

  // ---- values that are not finite, and arguments that do not fit

  public static Stream<String> usedTensors() {
    return ContractCase.representative().layout().names().stream();
  }

  @ParameterizedTest
  @MethodSource("usedTensors")
  public void nonFiniteParametersAreNeverSwallowed(String tensor) {
    ContractCase example = ContractCase.representative();
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] parameters = example.parameters();
      parameters[example.layout().tensor(tensor).offset() + 1] = value;
      TrainableModel model = engine().create(example.config(), parameters);
      assertThatExceptionOfType(NonFiniteException.class)
          .isThrownBy(() -> model.codeLengths(example.tokens()));
      assertThatExceptionOfType(NonFiniteException.class)
          .isThrownBy(() -> model.complete(example.tokens(), 0));
      assertThatExceptionOfType(NonFiniteException.class)
          .isThrownBy(() -> model.gradient(example.tokens()));
      assertThatExceptionOfType(NonFiniteException.class)
          .isThrownBy(() -> model.trainStep(example.tokens(), plainStep(1)));
    }
  }

  @Test
  public void logitsTooLargeToRepresentAreNeverSwallowed() {
    ContractCase example = ContractCase.representative();
    double[] parameters = example.parameters();
    ParameterLayout.Tensor shift = example.layout().tensor("ln_f.bias");
    for (int i = 0; i < example.config().width(); i++) {
      parameters[shift.offset() + i] = 1e300;
      parameters[i] = 1e300; // the output row of token 0
    }
    TrainableModel model = engine().create(example.config(), parameters);
    assertThatExceptionOfType(NonFiniteException.class)
        .isThrownBy(() -> model.codeLengths(example.tokens()));
    assertThatExceptionOfType(NonFiniteException.class)
        .isThrownBy(() -> model.trainStep(example.tokens(), plainStep(1)));
  }

  @Test
  public void certainlyWrongModelsHaveLongButFiniteCodes() {
    GptConfig config = new GptConfig(1, 8, 1, 37, 4, true);
    ParameterLayout layout = ParameterLayout.of(config);
    double[] parameters = new double[layout.size()];
    parameters[0] = 1000; // token 0 has logit 1000 · 1, all others 0
    parameters[layout.tensor("ln_f.bias").offset()] = 1;
    TrainableModel model = engine().create(config, parameters);
    TokenBatch batch = TokenBatch.all(TokenDataset.of(37, 4, new int[] {1, 2, 3, 4, 0, 0, 0, 0}));
    CodeLengths lengths = model.codeLengths(batch);
    assertThat(lengths.bits(0)).isCloseTo(4 * 1000 / Math.log(2), within(1e-9));
    assertThat(lengths.bits(1)).isZero();
    assertThat(Arrays.stream(model.gradient(batch).values()).allMatch(Double::isFinite)).isTrue();
  }

  @Test
  public void whatDoesNotFitIsRefused() {
    ContractCase example = ContractCase.representative();
    TrainableModel model = model(example);
    int size = example.layout().size();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine().create(example.config(), new double[size - 1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.restore(ModelState.initial(new double[size + 1])));
    int vocabulary = example.config().vocabularySize();
    TokenBatch tooLong =
        TokenBatch.all(
            TokenDataset.of(
                vocabulary,
                example.config().contextLength() + 1,
                new int[example.config().contextLength() + 1]));
    TokenBatch outside =
        TokenBatch.all(TokenDataset.of(vocabulary + 1, 2, new int[] {0, vocabulary}));
    for (TokenBatch batch : List.of(tooLong, outside)) {
      assertThatIllegalArgumentException().isThrownBy(() -> model.logits(batch));
      assertThatIllegalArgumentException().isThrownBy(() -> model.codeLengths(batch));
      assertThatIllegalArgumentException().isThrownBy(() -> model.gradient(batch));
      assertThatIllegalArgumentException().isThrownBy(() -> model.complete(batch, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> model.trainStep(batch, plainStep(1)));
    }
    for (int prefix : new int[] {-1, example.sequenceLength(), example.sequenceLength() + 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.complete(example.tokens(), prefix))
          .withMessageContaining("prefix of " + prefix);
    }
    TokenBatch larger = TokenBatch.all(TokenDataset.of(vocabulary + 1, 2, new int[] {0, 1}));
    TokenBatch same = TokenBatch.all(TokenDataset.of(vocabulary, 2, new int[] {0, 1}));
    assertThat(model.logits(larger))
        .as("a data set of a larger vocabulary whose tokens all fit")
        .isEqualTo(model.logits(same));
    assertThat(model.complete(larger, 1)).isEqualTo(model.complete(same, 1));
  }

  @Test
  public void identityIsComplete() {
    EngineIdentity identity = engine().identity();
    assertThat(identity).isEqualTo(engine().identity());
    assertThat(identity.name()).isNotBlank();
    assertThat(identity.numericsVersion()).isPositive();
    assertThat(identity.vectorBits()).isPositive();
    assertThat(identity.precision()).isNotBlank();
  }

  private TrainableModel model(ContractCase example) {
    return engine().create(example.config(), example.parameters());
  }

  private static OptimizerStep plainStep(long number) {
    return new OptimizerStep(number, 0.01, new AdamW(0.9, 0.999, 1e-8, 0));
  }

  private static void assertSameState(ModelState actual, ModelState expected) {
    assertThat(actual.parameters()).isEqualTo(expected.parameters());
    assertThat(actual.firstMoment()).isEqualTo(expected.firstMoment());
    assertThat(actual.secondMoment()).isEqualTo(expected.secondMoment());
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /// The entry of a tensor at a quantile (1 is the largest) of the magnitudes that are not zero.
  private static int byMagnitude(ParameterLayout.Tensor tensor, double[] values, double quantile) {
    List<Integer> order =
        Stream.iterate(tensor.offset(), i -> i + 1)
            .limit(tensor.size())
            .filter(i -> values[i] != 0)
            .sorted((i, j) -> Double.compare(Math.abs(values[i]), Math.abs(values[j])))
            .toList();
    return order.get((int) Math.round(quantile * (order.size() - 1)));
  }
}
