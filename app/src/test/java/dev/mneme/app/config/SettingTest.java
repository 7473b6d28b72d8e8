package dev.mneme.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  @Test
  void everyDefaultReadsAndWritesBack() {
    int checked = 0;
    for (Setting<?> setting : Setting.ALL) {
      if (!setting.fallback().isEmpty()) {
        assertReadsBack(setting);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private static <T> void assertReadsBack(Setting<T> setting) {
    T value = setting.read(setting.fallback());
    assertThat(setting.read(setting.write(value))).as(setting.name()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"30m, 1800", "90s, 90", "1h30m, 5400", "2H, 7200", "1h1m1s, 3661"})
  void durations(String text, long seconds) {
    assertThat(Setting.TIME.read(text)).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(Setting.TIME.read(Setting.TIME.write(Duration.ofSeconds(seconds))))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "0s", "0", "30", "m", "-5m", "9999999h", "1h 30m"})
  void noDurations(String text) {
    assertThatThrownBy(() -> Setting.TIME.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void models() {
    assertThat(Setting.MODELS.read("1x32, 2X128x2")).hasToString("[1x32, 2x128x2]");
    assertThat(Setting.MODELS.read("1×32")).isEqualTo(List.of(ModelShape.parse("1x32")));
    assertThat(ModelShape.parse("2x128").model(2048, 64).heads()).isEqualTo(2);
    assertThat(ModelShape.parse("2x128x4").model(2048, 64).heads()).isEqualTo(4);
  }

  @Test
  void namesAreUnique() {
    assertThat(Setting.ALL.stream().map(Setting::name)).doesNotHaveDuplicates();
    assertThat(Setting.ALL.stream().map(Setting::option)).doesNotHaveDuplicates();
  }
}
