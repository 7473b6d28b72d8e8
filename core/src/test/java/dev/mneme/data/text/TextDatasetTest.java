package dev.mneme.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.InvalidDataException;
import dev.mneme.data.corpus.EmbeddedCorpus;
import dev.mneme.data.corpus.ListedCorpus;
import dev.mneme.data.tokenizer.ByteTokenizer;
import dev.mneme.data.tokenizer.Tokenizer;
import dev.mneme.data.tokenizer.Tokenizers;
import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDatasetTest {
  private static final Tokenizer BYTES = new ByteTokenizer();
  private static final TextDatasetOptions FOUR = TextDatasetOptions.of(4, new Seed(7));

  @TempDir private Path folder;

  /// 200 documents of 0 to 40 letters out of three: many duplicates of four letters.
  private static List<String> documents() {
    RandomStream random = new Seed(3).derive("documents", 0).stream();
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(40); length > 0; length--) {
        text.append((char) ('a' + random.nextInt(3)));
      }
      documents.add(text.toString());
    }
    return documents;
  }

  private TextDataset build(List<String> documents, TextDatasetOptions options) throws IOException {
    return TextDataset.build(ListedCorpus.ofStrings("list", documents), BYTES, options, folder);
  }

  private static Map<Split, TextSequences> all(TextDataset data) throws IOException {
    Map<Split, TextSequences> all = new HashMap<>();
    for (Split split : Split.values()) {
      int count = (int) data.report().count(split);
      if (count > 0) {
        all.put(split, data.sequences(split, count));
      }
    }
    return all;
  }

  /// Against a few lines that do the same with Java's collections.
  @Test
  void everyDistinctSequenceIsInOneSplitWithItsFirstPlaceAndItsCount() throws IOException {
    List<String> documents = documents();
    Map<String, int[]> expected = new HashMap<>(); // document, offset, occurrences
    int cut = 0;
    int leftOver = 0;
    int shortOnes = 0;
    for (int document = 0; document < documents.size(); document++) {
      String text = documents.get(document);
      int whole = text.length() / 4 * 4;
      leftOver += text.length() - whole;
      shortOnes += whole == 0 ? 1 : 0;
      for (int offset = 0; offset < whole; offset += 4, cut++) {
        int[] place = {document, offset, 0};
        expected.computeIfAbsent(text.substring(offset, offset + 4), t -> place)[2]++;
      }
    }
    try (TextDataset data = build(documents, FOUR)) {
      TextDatasetReport report = data.report();
      assertThat(report.corpus().documents()).isEqualTo(200);
      assertThat(report.sequences()).isEqualTo(cut);
      assertThat(report.leftOver()).isEqualTo(leftOver);
      assertThat(report.shortDocuments()).isEqualTo(shortOnes);
      assertThat(report.duplicates()).isEqualTo(cut - expected.size()).isPositive();
      assertThat(report.collisions()).isZero();
      Set<String> seen = new HashSet<>();
      all(data)
          .forEach((split, sequences) -> {
            for (int i = 0; i < sequences.count(); i++) {
              String text = data.text(sequences, i);
              assertThat(seen.add(text)).as(text).isTrue();
              assertThat(
                      new int[] {
                        sequences.document(i), sequences.offset(i), sequences.occurrences(i)
                      })
                  .as(text)
                  .containsExactly(expected.get(text));
            }
          });
      assertThat(seen).isEqualTo(expected.keySet());
    }
  }

  @Test
  void contentsTellSequencesApartWhereHashesAgree() throws IOException {
    List<String> documents = documents();
    TextDatasetOptions undivided = FOUR.withShares(0, 0);
    try (TextDataset sound = build(documents, undivided);
        TextDataset weak =
            new TextDatasetBuilder(
                    ListedCorpus.ofStrings("list", documents),
                    BYTES,
                    undivided,
                    (bytes, offset, length) -> bytes[offset] & 1)
                .build(folder)) {
      assertThat(weak.report().collisions()).isPositive();
      assertThat(weak.report().duplicates()).isEqualTo(sound.report().duplicates());
      assertThat(texts(weak)).containsExactlyInAnyOrderElementsOf(texts(sound));
    }
  }

  private static List<String> texts(TextDataset data) throws IOException {
    List<String> texts = new ArrayList<>();
    all(data)
        .forEach((split, sequences) -> {
          for (int i = 0; i < sequences.count(); i++) {
            texts.add(data.text(sequences, i));
          }
        });
    return texts;
  }

  @Test
  void splitsHaveTheSharesAskedFor() throws IOException {
    try (TextDataset data =
        TextDataset.build(
            EmbeddedCorpus.stateOfTheUnion(),
            BYTES,
            TextDatasetOptions.of(64, new Seed(1)).withShares(0.2, 0.05),
            folder)) {
      double all = data.report().counts().values().stream().mapToLong(Long::longValue).sum();
      // 168,000 distinct sequences: four standard deviations are 0.004 and 0.0021
      assertThat(data.report().count(Split.TEST) / all).isBetween(0.196, 0.204);
      assertThat(data.report().count(Split.REFERENCE) / all).isBetween(0.0479, 0.0521);
      assertThat(data.report().testFromTrainDocuments()).isEqualTo(1.0);
    }
  }

  @Test
  void smallerSamplesBeginLargerOnes() throws IOException {
    try (TextDataset data = build(documents(), FOUR)) {
      TextSequences large = data.sequences(Split.TRAIN, 30);
      TextSequences small = data.sequences(Split.TRAIN, 9);
      assertThat(small.tokens().contentHash())
          .isEqualTo(large.tokens().first(9).contentHash())
          .isEqualTo(large.first(9).tokens().contentHash());
      assertThat(small.document(8)).isEqualTo(large.document(8));
      assertThat(data.tokenizer().vocabularySize()).isEqualTo(small.tokens().vocabularySize());
    }
  }

  @Test
  void theOrderOfDocumentsMovesNoSequence() throws IOException {
    List<String> documents = documents();
    List<String> reversed = new ArrayList<>(documents);
    Collections.reverse(reversed);
    try (TextDataset one = build(documents, FOUR);
        TextDataset other = build(reversed, FOUR)) {
      for (Split split : Split.values()) {
        int count = (int) one.report().count(split);
        assertThat(other.sequences(split, count).tokens().contentHash())
            .isEqualTo(one.sequences(split, count).tokens().contentHash());
      }
      // their first places are others
      assertThat(other.report().contentHash()).isNotEqualTo(one.report().contentHash());
    }
  }

  @Test
  void everythingThatDecidesTheDataDecidesTheHash() throws IOException {
    List<String> documents = documents();
    Set<String> hashes = new HashSet<>();
    for (TextDatasetOptions options :
        List.of(
            FOUR,
            TextDatasetOptions.of(4, new Seed(8)),
            TextDatasetOptions.of(5, new Seed(7)),
            FOUR.withShares(0.2, 0.1),
            FOUR.withSequencesPerDocument(2))) {
      try (TextDataset data = build(documents, options);
          TextDataset again = build(documents, options)) {
        assertThat(again.report()).isEqualTo(data.report());
        hashes.add(data.report().contentHash());
      }
    }
    assertThat(hashes).hasSize(5);
  }

  /// The seed decides the order and the split, one apart from the other: what is first in the order
  /// is no likelier to be held out.
  @Test
  void splitAndOrderAreIndependent() throws IOException {
    try (TextDataset data =
        TextDataset.build(
            EmbeddedCorpus.stateOfTheUnion(),
            BYTES,
            TextDatasetOptions.of(64, new Seed(2)),
            folder)) {
      Set<String> first = new HashSet<>();
      TextSequences train = data.sequences(Split.TRAIN, 10_000);
      for (int i = 0; i < train.count(); i++) {
        first.add(data.text(train, i));
      }
      try (TextDataset other =
          TextDataset.build(
              EmbeddedCorpus.stateOfTheUnion(),
              BYTES,
              TextDatasetOptions.of(64, new Seed(3)),
              folder)) {
        TextSequences test = other.sequences(Split.TEST, (int) other.report().count(Split.TEST));
        long shared = 0;
        for (int i = 0; i < test.count(); i++) {
          shared += first.contains(other.text(test, i)) ? 1 : 0;
        }
        // a tenth of 10,000 with a standard deviation of 30
        assertThat(shared).isBetween(880L, 1_120L);
      }
    }
  }

  @Test
  void takesTheStartOfEachDocumentAsThePaperDoes() throws IOException {
    try (TextDataset data = build(documents(), FOUR.withSequencesPerDocument(1))) {
      assertThat(data.report().sequences())
          .isEqualTo(documents().stream().filter(text -> text.length() >= 4).count());
      TextSequences train = data.sequences(Split.TRAIN, 5);
      for (int i = 0; i < train.count(); i++) {
        assertThat(train.offset(i)).isZero();
        assertThat(documents().get(train.document(i))).startsWith(data.text(train, i));
      }
    }
  }

  @Test
  void saysWhereSequencesComeFrom() throws IOException {
    try (TextDataset data = build(documents(), FOUR)) {
      TextSequences train = data.sequences(Split.TRAIN, 20);
      assertThat(data.documentName(train.document(3))).isEqualTo("list:" + (train.document(3) + 1));
      assertThatThrownBy(() -> data.documentName(200)).isInstanceOf(IOException.class);
      TextSequences test = data.sequences(Split.TEST, (int) data.report().count(Split.TEST));
      TextSequences every = data.sequences(Split.TRAIN, (int) data.report().count(Split.TRAIN));
      assertThat(test.shareFromDocumentsOf(every))
          .isEqualTo(data.report().testFromTrainDocuments())
          .isBetween(0.1, 1.0);
      assertThat(every.shareFromDocumentsOf(every)).isEqualTo(1);
    }
  }

  @Test
  void wideVocabulariesKeepTheirTokens() throws IOException {
    for (String name : List.of("gpt2-300", "gpt2")) {
      Tokenizer tokenizer = Tokenizers.named(name);
      try (TextDataset data =
          TextDataset.build(
              EmbeddedCorpus.stateOfTheUnion(),
              tokenizer,
              TextDatasetOptions.of(64, new Seed(1)).withSequencesPerDocument(1),
              folder)) {
        assertThat(data.report().sequences()).isEqualTo(233);
        TextSequences train = data.sequences(Split.TRAIN, 5);
        List<String> texts = new ArrayList<>();
        EmbeddedCorpus.stateOfTheUnion()
            .read(document -> texts.add(new String(document.text(), StandardCharsets.UTF_8)));
        for (int i = 0; i < 5; i++) {
          assertThat(texts.get(train.document(i))).startsWith(data.text(train, i));
        }
      }
    }
  }

  @Test
  void leavesNoFilesBehind() throws IOException {
    build(documents(), FOUR).close();
    assertThatThrownBy(() -> build(List.of("only one"), FOUR))
        .isInstanceOf(InvalidDataException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusesACorpusThatIsTooSmall() {
    assertThatThrownBy(() -> build(List.of(), FOUR))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("no document (no rows skipped)");
    assertThatThrownBy(() -> build(List.of("", " ", "a\0b"), FOUR))
        .hasMessageContaining(
            "3 rows skipped: 2 empty or white space only (list:1, list:2), 1 binary");
    assertThatThrownBy(() -> build(List.of("a whole document"), FOUR))
        .hasMessageContaining("one document only")
        .hasMessageContaining("paragraphs or lines");
    assertThatThrownBy(() -> build(List.of("abc", "def"), FOUR))
        .hasMessageContaining("2 documents, all shorter than a sequence of 4 tokens");
    assertThatThrownBy(() -> build(List.of("aaaaaaaa", "aaaa"), FOUR))
        .hasMessageContaining("none of 1 distinct sequences");
  }

  @Test
  void namesEverySizeThatIsTooLarge() throws IOException {
    try (TextDataset data = build(documents(), FOUR)) {
      data.requireSizes(List.of(1, 20), 3);
      assertThatThrownBy(() -> data.requireSizes(List.of(10, 0, 1_000, 2_000), 500))
          .isInstanceOfSatisfying(
              InvalidDataException.class,
              e ->
                  assertThat(e.problems())
                      .extracting(problem -> problem.field() + " " + problem.given())
                      .containsExactly(
                          "train sequences 0 asked for",
                          "train sequences 1000 asked for",
                          "train sequences 2000 asked for",
                          "test sequences 500 asked for"));
      assertThatThrownBy(() -> data.sequences(Split.TRAIN, 1_000))
          .isInstanceOf(InvalidDataException.class);
    }
  }

  @Test
  void namesEveryOptionThatCannotBe() {
    assertThatThrownBy(() -> new TextDatasetOptions(0, 0, -1, Double.NaN, new Seed(1), 1))
        .isInstanceOfSatisfying(
            InvalidDataException.class, e -> assertThat(e.problems()).hasSize(5));
    assertThatThrownBy(() -> FOUR.withShares(0.5, 0.5)).hasMessageContaining("together");
  }
}
