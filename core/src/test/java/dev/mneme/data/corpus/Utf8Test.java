package dev.mneme.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /// Bytes that are often near the borders of what is valid.
  @Provide
  Arbitrary<byte[]> nearlyText() {
    return Arbitraries.of(
            0x61, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
            0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF)
        .map(Integer::byteValue)
        .array(byte[].class)
        .ofMaxSize(12);
  }

  /// Java's decoder takes away whole damaged stretches; where both find none, they agree.
  @Property(seed = "2026", tries = 3_000)
  void findsDamageWhereJavaDoes(@ForAll("nearlyText") byte[] text) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer input = ByteBuffer.wrap(text);
    long damaged = 0;
    while (true) {
      CoderResult result = decoder.decode(input, CharBuffer.allocate(text.length + 1), true);
      if (!result.isError()) {
        break;
      }
      damaged += result.length();
      input.position(input.position() + result.length());
      decoder.reset();
    }
    assertThat(Utf8.damagedBytes(text)).isEqualTo(damaged);
  }

  @Test
  void endsAfterCharacters() {
    byte[] text = "a語🙂".getBytes(StandardCharsets.UTF_8);
    int[] ends = new int[text.length + 1];
    for (int end = 1; end <= text.length; end++) {
      ends[end] = Utf8.characterEnd(text, 0, end);
    }
    assertThat(ends).containsExactly(0, 1, 1, 1, 4, 4, 4, 4, 8);
  }
}
