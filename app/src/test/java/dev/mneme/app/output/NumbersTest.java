package dev.mneme.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.measure.Interval;
import dev.mneme.unit.Bits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bit",
    "-0.3, 0 bit",
    "812.4, 812 bit",
    "999.4, 999 bit",
    "999.6, 1.0 kbit",
    "289300, 289.3 kbit",
    "-4321, -4.3 kbit",
    "999949, 999.9 kbit",
    "999951, 1.0 Mbit",
    "13.6e6, 13.6 Mbit",
    "2.5e12, 2.5 Tbit",
    "2.5e15, 2500.0 Tbit"
  })
  void bits(double amount, String text) {
    assertThat(Numbers.bits(amount)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.1234, 0.123",
    "999.4, 999",
    "999.6, 1K",
    "124000000, 124M",
    "8e9, 8B",
    "1.5575e9, 1.56B",
    "15e12, 15T",
    "1e18, 1000000T"
  })
  void sizesOfModels(double amount, String text) {
    assertThat(Numbers.suffixed(amount)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 bytes", "96, 12 bytes", "29.12e9, 3.6 GB", "8e3, 1.0 kB", "8e18, 1000000.0 TB"})
  void bytes(double bits, String text) {
    assertThat(Numbers.bytes(new Bits(bits))).isEqualTo(text);
  }

  @Test
  void intervals() {
    assertThat(Numbers.plusMinus(new Interval(2.714, 2.684, 2.744, 3))).isEqualTo("2.71 ± 0.03");
    assertThat(Numbers.plusMinus(new Interval(2.714, 2.714, 2.714, 1))).isEqualTo("2.71");
  }

  @Test
  void durations() {
    assertThat(Numbers.duration(Duration.ofMillis(400))).isEqualTo("0 s");
    assertThat(Numbers.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Numbers.duration(Duration.ofSeconds(252))).isEqualTo("4 min 12 s");
    assertThat(Numbers.duration(Duration.ofSeconds(3780))).isEqualTo("1 h 03 min");
  }

  @Test
  void countsAndShares() {
    assertThat(Numbers.count(80_416)).isEqualTo("80,416");
    assertThat(Numbers.brief(96_600)).isEqualTo("96.6k");
    assertThat(Numbers.percent(0.99713)).isEqualTo("99.7%");
    assertThat(Numbers.percent(-0.0001)).isEqualTo("0.0%");
    assertThat(Numbers.plural(1, "seed") + ", " + Numbers.plural(3, "seed"))
        .isEqualTo("1 seed, 3 seeds");
    assertThat(Numbers.plain(0.01) + " " + Numbers.plain(3)).isEqualTo("0.01 3");
  }
}
