package dev.mneme.app.command;

import dev.mneme.app.config.TextStudySettings;
import dev.mneme.app.config.UsageException;
import dev.mneme.data.TokenDataset;
import dev.mneme.data.text.NearDuplicates;
import dev.mneme.data.text.Split;
import dev.mneme.data.text.TextDataset;
import dev.mneme.data.text.TextDatasetReport;
import dev.mneme.data.text.TextSequences;
import dev.mneme.data.tokenizer.TextPiece;
import dev.mneme.data.tokenizer.Tokenizer;
import dev.mneme.experiment.DataSource.TextSource;
import dev.mneme.text.TextPlan;
import dev.mneme.text.TextTrialData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The sequences of a study on text in memory, and the plan that they allow.
///
/// @param report what became of the corpus
/// @param plan what is to be trained
/// @param training the full set
/// @param unseen first of the test split, then of the reference split
/// @param near how much of the test split stands in the training split in nearly the same words
/// @param trialData the same for trials
/// @param tokenizer of the sequences
record TextStudyData(
    TextDatasetReport report,
    TextPlan plan,
    TextSequences training,
    TokenDataset unseen,
    NearDuplicates.Report near,
    TextTrialData trialData,
    Tokenizer tokenizer) {
  /// The full set, copies of its beginnings for trials under way, and scores.
  private static final int BYTES_PER_TOKEN = 16;

  /// The smallest of the sizes that are doublings.
  private static final int SMALLEST = 32;

  /// Reads the splits as far as the settings ask.
  ///
  /// @throws dev.mneme.data.InvalidDataException naming every size that the corpus does not give
  static TextStudyData of(TextStudySettings settings, TextDataset data) throws IOException {
    int full = fullSize(settings, data);
    int test = (int) Math.min(settings.testSize(), data.report().count(Split.TEST));
    int reference = (int) Math.min(settings.referenceSize(), data.report().count(Split.REFERENCE));
    List<Integer> sizes = new ArrayList<>(settings.sizes());
    if (sizes.isEmpty()) {
      for (int size = SMALLEST; size < full / Math.sqrt(2); size *= 2) {
        sizes.add(size);
      }
    }
    sizes.add(full);
    data.requireSizes(sizes, test);
    TextSequences training = data.sequences(Split.TRAIN, full);
    TextSequences testing = data.sequences(Split.TEST, test);
    TokenDataset unseen =
        testing.tokens().followedBy(data.sequences(Split.REFERENCE, reference).tokens());
    TextSource source =
        new TextSource(
            settings.corpus().name(),
            settings.tokenizer().name(),
            data.report().contentHash(),
            test,
            reference,
            Math.min(settings.probed(), test),
            settings.prefixes());
    TextPlan plan =
        new TextPlan(
            source,
            settings.models(),
            sizes,
            settings.training(),
            settings.seeds(),
            settings.seeds().getLast() + 1,
            settings.oracles());
    return new TextStudyData(
        data.report(),
        plan,
        training,
        unseen,
        NearDuplicates.against(
            training,
            testing,
            NearDuplicates.Options.forLength(settings.options().sequenceLength())),
        new TextTrialData(source, training.tokens(), unseen, settings.tokenizer()),
        settings.tokenizer());
  }

  /// The size asked for, or as much of the training split as memory is likely to hold.
  private static int fullSize(TextStudySettings settings, TextDataset data) {
    long fits =
        Runtime.getRuntime().maxMemory()
            / ((long) BYTES_PER_TOKEN * settings.options().sequenceLength());
    if (settings.fullSize().isPresent()) {
      int asked = settings.fullSize().get();
      if (asked > fits) {
        throw new UsageException(
            "full-size",
            asked + " sequences",
            "at most " + fits + ", which fit into Java's memory",
            "Take fewer, or give more memory: MNEME_JAVA_OPTS=-Xmx16g.");
      }
      return asked;
    }
    long most = Math.min(fits, Integer.MAX_VALUE / settings.options().sequenceLength());
    return (int) Math.min(most, data.report().count(Split.TRAIN));
  }

  /// The text of a training sequence, cut where its tokens meet.
  List<TextPiece> pieces(int index) {
    return TextPiece.of(tokenizer, training.tokens().sequence(index));
  }

  /// The text of a training sequence.
  String text(int index) {
    return pieces(index).stream().map(TextPiece::text).collect(Collectors.joining());
  }
}
