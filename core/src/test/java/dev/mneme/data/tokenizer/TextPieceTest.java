package dev.mneme.data.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TextPieceTest {
  private static List<TextPiece> pieces(Tokenizer tokenizer, String text) {
    return TextPiece.of(tokenizer, tokenizer.encode(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void oneTokenIsOnePieceInPlainText() {
    assertThat(pieces(new ByteTokenizer(), "a b"))
        .containsExactly(new TextPiece("a", 1), new TextPiece(" ", 1), new TextPiece("b", 1));
    Tokenizer words = Tokenizers.named("gpt2");
    assertThat(pieces(words, "Fellow citizens of the Senate"))
        .extracting(TextPiece::text)
        .contains(" citizens", " of", " the", " Senate");
  }

  @Test
  void tokensThatShareACharacterStayTogether() {
    assertThat(pieces(new ByteTokenizer(), "é\ud83d\ude00x"))
        .containsExactly(
            new TextPiece("é", 2), new TextPiece("\ud83d\ude00", 4), new TextPiece("x", 1));
  }

  @Test
  void nothingHasNoPieces() {
    assertThat(TextPiece.of(new ByteTokenizer())).isEmpty();
    assertThatThrownBy(() -> new TextPiece("x", 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /// A sequence may begin and end inside a character, and a corpus may be damaged.
  @Property(seed = "2026", tries = 500)
  void piecesAddUpToTheText(@ForAll @Size(max = 60) byte[] bytes) {
    for (String name : List.of("bytes", "gpt2-300")) {
      Tokenizer tokenizer = Tokenizers.named(name);
      int[] tokens = tokenizer.encode(bytes);
      List<TextPiece> pieces = TextPiece.of(tokenizer, tokens);
      assertThat(pieces.stream().mapToInt(TextPiece::tokens).sum()).isEqualTo(tokens.length);
      assertThat(pieces.stream().map(TextPiece::text).collect(Collectors.joining()))
          .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
