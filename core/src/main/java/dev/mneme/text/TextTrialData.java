package dev.mneme.text;

import dev.mneme.attack.Attack;
import dev.mneme.attack.Extraction;
import dev.mneme.attack.MembershipScores;
import dev.mneme.attack.ScoreFunctions;
import dev.mneme.attack.TokenStatistics;
import dev.mneme.data.TokenDataset;
import dev.mneme.data.tokenizer.Tokenizer;
import dev.mneme.engine.TrainableModel;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.experiment.TextScores;
import dev.mneme.experiment.TextScores.Completions;
import dev.mneme.experiment.TokenBits;
import dev.mneme.experiment.TrialData;
import dev.mneme.experiment.TrialSpecification;
import dev.mneme.unit.CodeLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Gives trials on text their sequences, and attacks and completes those that are probed.
public final class TextTrialData implements TrialData {
  private final TextSource source;
  private final TokenDataset training;
  private final TokenDataset unseen;
  private final Tokenizer tokenizer;

  /// @param source of the trials that this serves
  /// @param training the training split from its beginning, as much as the largest trial needs
  /// @param unseen held-out sequences: first `source.test()` of the test split, then
  ///   `source.reference()` of the reference split
  /// @param tokenizer of the sequences, for attacks that look at text
  public TextTrialData(
      TextSource source, TokenDataset training, TokenDataset unseen, Tokenizer tokenizer) {
    if (unseen.count() != source.test() + source.reference()) {
      throw new IllegalArgumentException(
          unseen.count()
              + " held-out sequences, but "
              + source.test()
              + " and "
              + source.reference()
              + " are to be scored");
    }
    this.source = source;
    this.training = training;
    this.unseen = unseen;
    this.tokenizer = tokenizer;
  }

  @Override
  public TokenDataset training(TrialSpecification trial) {
    require(trial);
    return trial.sequences() == training.count() ? training : training.first(trial.sequences());
  }

  /// {@inheritDoc}
  ///
  /// As many sequences as the test split has tell as much about the one as about the other.
  @Override
  public TokenDataset scored(TrialSpecification trial, TokenDataset all) {
    return all.count() <= source.test() ? all : all.first(source.test());
  }

  @Override
  public TokenDataset unseen(TrialSpecification trial) {
    require(trial);
    return unseen;
  }

  private void require(TrialSpecification trial) {
    if (!trial.data().equals(source)) {
      throw new IllegalArgumentException(
          "a trial on " + trial.data() + " cannot be run on " + source);
    }
  }

  @Override
  public Optional<TextScores> probe(
      TrialSpecification trial,
      TrainableModel model,
      CodeLengths trainedLengths,
      CodeLengths unseenLengths) {
    require(trial);
    int members = source.probedOf(trial.sequences());
    if (members == 0) {
      return Optional.empty();
    }
    TokenDataset memberTokens = training.first(members);
    TokenDataset otherTokens = unseen.first(source.probed());
    TokenStatistics memberStatistics = TokenStatistics.of(model, memberTokens);
    return Optional.of(
        new TextScores(
            attacks(
                memberTokens,
                otherTokens,
                trainedLengths.first(members),
                unseenLengths.first(source.probed()),
                memberStatistics,
                TokenStatistics.of(model, otherTokens)),
            completions(model, memberTokens, otherTokens),
            tokens(memberStatistics)));
  }

  private List<MembershipScores> attacks(
      TokenDataset members,
      TokenDataset others,
      CodeLengths memberLengths,
      CodeLengths otherLengths,
      TokenStatistics memberTokens,
      TokenStatistics otherTokens) {
    double share = ScoreFunctions.USUAL_SHARE;
    return List.of(
        MembershipScores.of(
            Attack.ZLIB,
            ScoreFunctions.zlib(memberLengths, texts(members)),
            ScoreFunctions.zlib(otherLengths, texts(others))),
        MembershipScores.of(
            Attack.MIN_K,
            ScoreFunctions.minK(memberTokens, share),
            ScoreFunctions.minK(otherTokens, share)),
        MembershipScores.of(
            Attack.MIN_K_PLUS_PLUS,
            ScoreFunctions.minKPlusPlus(memberTokens, share),
            ScoreFunctions.minKPlusPlus(otherTokens, share)));
  }

  private static TokenBits tokens(TokenStatistics statistics) {
    int positions = statistics.positions();
    double[] bits = new double[statistics.count() * positions];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = -statistics.logProbability(i / positions, i % positions);
    }
    return TokenBits.of(positions, bits);
  }

  private List<byte[]> texts(TokenDataset sequences) {
    return IntStream.range(0, sequences.count())
        .mapToObj(index -> tokenizer.decode(sequences.sequence(index)))
        .toList();
  }

  private List<Completions> completions(
      TrainableModel model, TokenDataset members, TokenDataset others) {
    List<Completions> completions = new ArrayList<>();
    for (int prefix : source.prefixes()) {
      completions.add(
          new Completions(
              prefix, reproduced(model, members, prefix), reproduced(model, others, prefix)));
    }
    return completions;
  }

  private static List<Integer> reproduced(
      TrainableModel model, TokenDataset sequences, int prefix) {
    Extraction extraction = Extraction.of(model, sequences, prefix);
    return IntStream.range(0, extraction.count()).mapToObj(extraction::reproduced).toList();
  }
}
