package dev.mneme.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.data.InvalidDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class Gpt2TokenizerTest {
  private static final Gpt2Tokenizer WHOLE = Gpt2Tokenizer.of(50_257);
  private static final Gpt2Tokenizer CUT = Gpt2Tokenizer.of(1_000);
  private static final Gpt2Tokenizer SMALLEST = Gpt2Tokenizer.of(257);
  private static final NaiveBytePairs PAIRS = new NaiveBytePairs(WHOLE, 50_256);
  private static final String PROSE =
      "Fellow-Citizens of the Senate:\n\n"
          + "  It's 1790; we've 3 “houses” — naïve?  \n"
          + "\tÜber 100%! 日本語 🙂";

  /// Token numbers that OpenAI's tiktoken documents for GPT-2 and r50k_base.
  @Test
  void givesTheKnownTokens() {
    assertThat(WHOLE.encode(bytes("hello world"))).containsExactly(31373, 995);
    assertThat(WHOLE.encode(bytes("Hello, world!"))).containsExactly(15496, 11, 995, 0);
  }

  @Test
  void takesSpecialTokensAsOrdinaryText() {
    int[] tokens = WHOLE.encode(bytes("<|endoftext|>"));
    assertThat(tokens).hasSizeGreaterThan(1).doesNotContain(50_256);
    assertThat(text(WHOLE.decode(50_256))).isEqualTo("<|endoftext|>");
    assertThat(WHOLE.vocabularySize()).isEqualTo(50_257);
  }

  @Property(seed = "2026", tries = 300)
  void aCutVocabularyIsBytePairEncodingThatStoppedEarly(
      @ForAll @StringLength(max = 12) @AlphaChars String word,
      @ForAll @StringLength(max = 3) String other) {
    // letters alone are one piece of GPT-2's pattern
    String letters =
        other
                .codePoints()
                .filter(Character::isLetter)
                .mapToObj(Character::toString)
                .collect(Collectors.joining(word))
            + "therein"
            + word;
    byte[] piece = bytes(letters);
    for (Gpt2Tokenizer tokenizer : List.of(SMALLEST, CUT, WHOLE)) {
      int[] expected =
          PAIRS
              .parts(new String(piece, StandardCharsets.ISO_8859_1), tokenizer.vocabularySize())
              .stream()
              .mapToInt(PAIRS::rank)
              .toArray();
      assertThat(tokenizer.encode(piece)).containsExactly(expected);
    }
  }

  /// What a cut relies on: ranks are in the order of training.
  @Test
  void everyRankIsAByteOrJoinsTwoEarlierOnes() {
    assertThat(PAIRS.count()).isEqualTo(50_256);
    for (int rank = 0; rank < PAIRS.count(); rank++) {
      String token = new String(WHOLE.decode(rank), StandardCharsets.ISO_8859_1);
      assertThat(token.length() == 1).isEqualTo(rank < 256);
      assertThat(PAIRS.parts(token, rank)).as("rank %s", rank).hasSize(rank < 256 ? 1 : 2);
    }
  }

  @Property(seed = "2026", tries = 500)
  void everyByteStringComesBack(@ForAll @Size(max = 200) byte[] text) {
    assertThat(WHOLE.decode(WHOLE.encode(text))).isEqualTo(text);
    assertThat(CUT.decode(CUT.encode(text))).isEqualTo(text);
  }

  @Property(seed = "2026", tries = 300)
  void everyStringComesBack(@ForAll @StringLength(max = 100) String text) {
    byte[] utf8 = bytes(text);
    assertThat(WHOLE.decode(WHOLE.encode(utf8))).isEqualTo(utf8);
    assertThat(CUT.decode(CUT.encode(utf8))).isEqualTo(utf8);
  }

  @Property(seed = "2026", tries = 300)
  void damagedProseComesBack(
      @ForAll @IntRange(min = 0, max = 80) int at, @ForAll byte value, @ForAll byte second) {
    byte[] text = bytes(PROSE);
    text[at] = value;
    text[Math.floorMod(at * 31, text.length)] = second;
    assertThat(WHOLE.decode(WHOLE.encode(text))).isEqualTo(text);
    assertThat(CUT.decode(CUT.encode(text))).isEqualTo(text);
  }

  @Test
  void damagedBytesAreSingleTokensBetweenOrdinaryText() {
    byte[] damaged = {
      'h', 'e', 'l', 'l', 'o', (byte) 0xFF, (byte) 0xC3, ' ', 'w', 'o', 'r', 'l', 'd'
    };
    int[] tokens = WHOLE.encode(damaged);
    assertThat(tokens).hasSize(4).startsWith(31373).endsWith(995);
    assertThat(WHOLE.decode(tokens[1])).containsExactly(0xFF);
    assertThat(WHOLE.decode(tokens[2])).containsExactly(0xC3);
  }

  @Property(seed = "2026", tries = 10)
  void blocksDoNotChangeTokens(@ForAll @IntRange(min = 16, max = 60) int block) {
    // no run without white space is longer than a block, so none is cut inside
    String text = ("to be, or  not \n\n to be:\tthat's\n it. \u00a0 " + "x 1 ".repeat(9)).repeat(5);
    assertThat(Gpt2Tokenizer.of(1_000, block).encode(bytes(text)))
        .containsExactly(Gpt2Tokenizer.of(1_000, 1 << 20).encode(bytes(text)));
  }

  @Property(seed = "2026", tries = 10)
  void textWithoutAnyPlaceToCutComesBackAndCharactersStayWhole(
      @ForAll @IntRange(min = 1, max = 20) int block, @ForAll @Size(max = 120) byte[] garbage) {
    Gpt2Tokenizer small = Gpt2Tokenizer.of(300, block);
    byte[] japanese = bytes("日本語日本語日本語日本語日本語日本語日本語日本語日本語");
    assertThat(small.decode(small.encode(japanese))).isEqualTo(japanese);
    assertThat(small.decode(small.encode(garbage))).isEqualTo(garbage);
  }

  @Test
  void stopsWhenNoMoreIsWanted() {
    List<Integer> taken = new ArrayList<>();
    WHOLE.encode(
        bytes(PROSE),
        token -> {
          taken.add(token);
          return taken.size() < 3;
        });
    assertThat(taken).hasSize(3);
  }

  @Test
  void everyTokenIsInTheVocabulary() {
    assertThat(Arrays.stream(CUT.encode(bytes(PROSE))).max().orElseThrow()).isLessThan(1_000);
    assertThatThrownBy(() -> CUT.decode(1_000)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void vocabulariesHaveDifferentHashes() {
    assertThat(Gpt2Tokenizer.of(257).contentHash())
        .isEqualTo(Gpt2Tokenizer.of(257).contentHash())
        .isNotEqualTo(Gpt2Tokenizer.of(258).contentHash());
    assertThat(Gpt2Tokenizer.of(50_256).contentHash()).isNotEqualTo(WHOLE.contentHash());
  }

  @Test
  void refusesSizesThatCannotBe() {
    for (int size : new int[] {-1, 256, 50_258}) {
      assertThatThrownBy(() -> Gpt2Tokenizer.of(size))
          .isInstanceOf(InvalidDataException.class)
          .hasMessageContaining("257 to 50257");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
