package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.data.RandomTokens;
import dev.mneme.data.TokenBatch;
import dev.mneme.data.TokenDataset;
import dev.mneme.random.Seed;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ModelCompressorTest {
  private static final HashedModel MODEL = new HashedModel(50, 9, 1, 2);
  private static final TokenDataset DATA =
      RandomTokens.generate(new Seed(1), "test", 50, 7, 20);

  @Property(tries = 60)
  void decodesWhatItCompressedAtTheSizeOfTheCodeLength(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 70) int vocabulary,
      @ForAll @IntRange(min = 1, max = 8) int length,
      @ForAll @IntRange(min = 1, max = 12) int count,
      @ForAll @DoubleRange(min = 0, max = 2) double scale) {
    HashedModel model = new HashedModel(vocabulary, 8, seed, scale);
    TokenDataset data = RandomTokens.generate(new Seed(seed), "test", vocabulary, length, count);
    ModelCompressor compressor = new ModelCompressor(model);

    CompressedTokens compressed =
        CompressedTokens.fromBytes(compressor.compress(data).toBytes());

    assertThat(compressor.decompress(compressed).contentHash()).isEqualTo(data.contentHash());
    double codeLength = model.codeLengths(TokenBatch.all(data)).total().value();
    assertThat(compressed.streamSize().value() - codeLength).isBetween(-1e-6, 8 + 1e-6);
  }

  @Test
  void decodesSeveralChunks() {
    // 2^21 logits a chunk are 128 sequences of 4 tokens over 4096
    HashedModel model = new HashedModel(4096, 4, 5, 1);
    TokenDataset data = RandomTokens.generate(new Seed(5), "test", 4096, 4, 130);
    ModelCompressor compressor = new ModelCompressor(model);

    CompressedTokens compressed = compressor.compress(data);

    assertThat(compressor.decompress(compressed).contentHash()).isEqualTo(data.contentHash());
    assertThat(
            Controls.arithmeticCoder(
                    compressed.streamSize(), model.codeLengths(TokenBatch.all(data)).total())
                .passed())
        .isTrue();
  }

  @Test
  void belowTheSmallestProbabilityTheStreamIsShorterThanTheCodeLength() {
    // Logits 0 and ±gaussian · 1e6 put nearly every other token far below 2^-48.
    HashedModel model = new HashedModel(2, 1, 3, 1e6);
    double[] logits = model.logits(TokenBatch.all(TokenDataset.of(2, 1, new int[] {0})));
    int unlikely = logits[0] < logits[1] ? 0 : 1;
    TokenDataset data = TokenDataset.of(2, 1, new int[] {unlikely, unlikely, unlikely});

    CompressedTokens compressed = new ModelCompressor(model).compress(data);

    assertThat(compressed.streamSize().value()).isCloseTo(3 * 48, within(8.0));
    assertThat(new ModelCompressor(model).decompress(compressed).contentHash())
        .isEqualTo(data.contentHash());
  }

  @Test
  void anEmptyDataSetComesBack() {
    ModelCompressor compressor = new ModelCompressor(MODEL);
    CompressedTokens compressed = compressor.compress(TokenDataset.of(50, 7, new int[0]));
    assertThat(compressor.decompress(compressed).count()).isZero();
  }

  @Test
  void everyTruncationAndEveryFlippedBitIsRefused() {
    ModelCompressor compressor = new ModelCompressor(MODEL);
    byte[] bytes = compressor.compress(DATA).toBytes();
    for (int length = 0; length < bytes.length; length += 3) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> compressor.decompress(CompressedTokens.fromBytes(cut)))
          .isInstanceOf(DamagedStreamException.class);
    }
    for (int bit = 0; bit < 24 * 8; bit += 5) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> compressor.decompress(CompressedTokens.fromBytes(flipped)))
          .as("header bit %d", bit)
          .isInstanceOf(DamagedStreamException.class);
    }
    for (int position = 24; position < bytes.length - 1; position += 7) {
      byte[] flipped = bytes.clone();
      flipped[position] ^= 0x10;
      assertThatThrownBy(() -> compressor.decompress(CompressedTokens.fromBytes(flipped)))
          .as("stream byte %d", position)
          .isInstanceOf(DamagedStreamException.class);
    }
  }

  @Test
  void anotherModelCannotDecode() {
    CompressedTokens compressed = new ModelCompressor(MODEL).compress(DATA);

    ModelCompressor other = new ModelCompressor(new HashedModel(50, 9, 2, 2));
    assertThatThrownBy(() -> other.decompress(compressed))
        .isInstanceOf(DamagedStreamException.class);
    ModelCompressor smaller = new ModelCompressor(new HashedModel(49, 9, 1, 2));
    assertThatThrownBy(() -> smaller.decompress(compressed))
        .isInstanceOf(DamagedStreamException.class)
        .hasMessageContaining("vocabulary of 50");
  }

  @Test
  void dataThatDoNotFitTheModelAreRefused() {
    TokenDataset tooLong = RandomTokens.generate(new Seed(1), "test", 50, 10, 2);
    assertThatThrownBy(() -> new ModelCompressor(MODEL).compress(tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("context of 9");
  }
}
