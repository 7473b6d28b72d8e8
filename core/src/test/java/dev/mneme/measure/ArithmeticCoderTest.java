package dev.mneme.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.random.RandomStream;
import dev.mneme.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticCoderTest {
  /// Symbols with the distribution of each, and what they cost.
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  private record Message(List<SymbolDistribution> distributions, int[] symbols) {
    byte[] encode() {
      ArithmeticCoder.Encoder encoder = new ArithmeticCoder.Encoder();
      for (int i = 0; i < symbols.length; i++) {
        encoder.encode(distributions.get(i), symbols[i]);
      }
      return encoder.finish();
    }

    byte[] encodeExactly() {
      ExactArithmeticEncoder encoder = new ExactArithmeticEncoder();
      for (int i = 0; i < symbols.length; i++) {
        encoder.encode(distributions.get(i), symbols[i]);
      }
      return encoder.finish();
    }

    int[] decode(byte[] stream) {
      ArithmeticCoder.Decoder decoder = new ArithmeticCoder.Decoder(stream);
      int[] decoded = new int[symbols.length];
      for (int i = 0; i < symbols.length; i++) {
        decoded[i] = decoder.decode(distributions.get(i));
      }
      decoder.finish();
      return decoded;
    }

    double idealBits() {
      double bits = 0;
      for (int i = 0; i < symbols.length; i++) {
        bits += 48 - Math.log((double) distributions.get(i).count(symbols[i])) / Math.log(2);
      }
      return bits;
    }

    /// What rounding of interval bounds may cost or gain: a relative 2^-8 / count a symbol.
    double roundingBits() {
      double bits = 1e-9 * symbols.length;
      for (int i = 0; i < symbols.length; i++) {
        bits += 2 * 0x1p-8 / distributions.get(i).count(symbols[i]);
      }
      return bits;
    }
  }

  private static Message randomMessage(long seed, int symbols, int length, double skew) {
    RandomStream stream = new Seed(seed).stream();
    int kinds = 4;
    List<SymbolDistribution> kept = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      double[] logits = new double[symbols];
      for (int i = 0; i < symbols; i++) {
        logits[i] = skew * stream.nextGaussian();
      }
      kept.add(SymbolDistribution.ofLogits(logits, 0, symbols));
    }
    List<SymbolDistribution> distributions = new ArrayList<>();
    int[] message = new int[length];
    for (int i = 0; i < length; i++) {
      SymbolDistribution distribution = kept.get(stream.nextInt(kinds));
      distributions.add(distribution);
      // half as the distribution expects, half against it
      message[i] =
          stream.nextInt(2) == 0
              ? symbolAt(distribution, stream.nextLong() >>> 16)
              : stream.nextInt(symbols);
    }
    return new Message(distributions, message);
  }

  private static int symbolAt(SymbolDistribution distribution, long position) {
    int symbol = 0;
    while (distribution.before(symbol + 1) <= position) {
      symbol++;
    }
    return symbol;
  }

  private static void assertRoundTrip(Message message) {
    byte[] stream = message.encode();

    assertThat(message.decode(stream)).isEqualTo(message.symbols());
    assertThat(stream).isEqualTo(message.encodeExactly());
    assertThat(8.0 * stream.length - message.idealBits())
        .isBetween(-message.roundingBits(), 8 + message.roundingBits());
  }

  @Property(tries = 150, seed = "20250524")
  void decodesWhatItEncodedAtTheIdealSize(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 5000) int symbols,
      @ForAll @IntRange(min = 0, max = 150) int length,
      @ForAll @DoubleRange(min = 0, max = 80) double skew) {
    assertRoundTrip(randomMessage(seed, symbols, length, skew));
  }

  @Property(tries = 100, seed = "20250524")
  void decodesTinyVocabulariesThatAreAlmostCertain(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int symbols,
      @ForAll @IntRange(min = 0, max = 400) int length,
      @ForAll @DoubleRange(min = 0, max = 1000) double skew) {
    assertRoundTrip(randomMessage(seed, symbols, length, skew));
  }

  @Test
  void decodesALongStream() {
    Message message = randomMessage(7, 40, 200_000, 4);

    byte[] stream = message.encode();

    assertThat(message.decode(stream)).isEqualTo(message.symbols());
    assertThat(8.0 * stream.length - message.idealBits())
        .isBetween(-message.roundingBits(), 8 + message.roundingBits());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void carriesThroughLongRunsOfOnes(int last) {
    ExactArithmeticEncoder exact = new ExactArithmeticEncoder();
    List<SymbolDistribution> distributions = new ArrayList<>();
    int[] symbols = new int[40];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = i < symbols.length - 1 ? 1 : last;
      distributions.add(exact.sliverAroundTheMiddle());
      exact.encode(distributions.get(i), symbols[i]);
    }
    Message message = new Message(distributions, symbols);

    byte[] stream = message.encode();

    assertThat(stream).hasSizeGreaterThan(200).isEqualTo(exact.finish());
    assertThat(message.decode(stream)).isEqualTo(symbols);
    if (last != 1) {
      boolean carried = last == 2;
      assertThat(stream[0]).isEqualTo((byte) (carried ? 0x80 : 0x7F));
      assertThat(Arrays.copyOfRange(stream, 1, 200)).containsOnly((byte) (carried ? 0x00 : 0xFF));
    }
  }

  @Test
  void theLastSymbolOverAndOverWritesOnesAndComesBack() {
    SymbolDistribution unlikelyLast = SymbolDistribution.ofCounts(SymbolDistribution.TOTAL - 1, 1);
    Message message = new Message(Collections.nCopies(100, unlikelyLast), ones(100));

    assertRoundTrip(message);
    assertThat(message.encode()).hasSize(600).startsWith(0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
  }

  private static int[] ones(int length) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void aTruncatedStreamIsRefused() {
    Message message = randomMessage(3, 300, 100, 1);
    byte[] stream = message.encode();

    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> message.decode(cut))
          .as("cut to %d of %d bytes", length, stream.length)
          .isInstanceOf(DamagedStreamException.class);
    }
    byte[] longer = Arrays.copyOf(stream, stream.length + 1);
    assertThatThrownBy(() -> message.decode(longer))
        .isInstanceOf(DamagedStreamException.class)
        .hasMessageContaining("but the stream has " + longer.length);
  }

  @Property(tries = 200, seed = "20250524")
  void anyBytesDecodeToSomethingOrAreRefused(@ForAll byte[] bytes) {
    Message message = randomMessage(11, 17, 50, 3);
    try {
      int[] decoded = message.decode(bytes);
      Message found = new Message(message.distributions(), decoded);
      assertThat(found.encode()).hasSize(bytes.length);
    } catch (DamagedStreamException refused) {
      assertThat(refused).hasMessageContaining("stream");
    }
  }

  @Test
  void refusesSymbolsOutsideTheDistributionAndUseAfterTheEnd() {
    ArithmeticCoder.Encoder encoder = new ArithmeticCoder.Encoder();
    SymbolDistribution distribution = SymbolDistribution.ofWeights(1, 1);
    assertThatThrownBy(() -> encoder.encode(distribution, 2)).hasMessageContaining("not one of 2");
    assertThatThrownBy(() -> encoder.encode(distribution, -1)).hasMessageContaining("not one of 2");
    assertThat(encoder.finish()).isEqualTo(encoder.finish()).hasSize(1);
    assertThatThrownBy(() -> encoder.encode(distribution, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void oneByteHoldsEightFairBits() {
    SymbolDistribution fair = SymbolDistribution.ofWeights(1, 1);
    Message message = new Message(Collections.nCopies(7, fair), new int[] {1, 0, 1, 1, 0, 0, 1});

    assertThat(message.encode()).hasSize(1);
    assertThat(message.idealBits()).isCloseTo(7, within(1e-12));
  }
}
