package dev.mneme.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1",
        "80352 | 80352",
        "50K | 50000",
        "124M | 124000000",
        "8B | 8000000000",
        "8b | 8000000000",
        "15T | 15000000000000",
        "1.5575B | 1557500000",
        "0.5K | 500",
        "1e9 | 1000000000",
        "1.5E+3 | 1500",
        "170,654,583 | 170654583",
        "1000000T | 1000000000000000000",
        " 7 | 7"
      })
  void countsAreRead(String text, long count) {
    assertThat(Counts.parse(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "0", "0K", "-5", "-8B", "NaN", "Infinity", "1e30", "1e18M", "1000001T",
            "1e999999999",
        "8Q", "8BB", "8 B", "B", "1.5", "0.0001K", "1,00", "1,0000", "0x10", "１", "1e-3", "8i",
        "1000000000000000000000000000000"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Counts.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
