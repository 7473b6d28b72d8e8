package dev.mneme.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.model.InvalidConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchDeviceTest {
  @ParameterizedTest
  @CsvSource({"cpu, CPU, 0, cpu", "cuda, CUDA, 0, cuda:0", "cuda:3, CUDA, 3, cuda:3"})
  void devicesAreReadAndWritten(String text, TorchDevice.Kind kind, int index, String written) {
    assertThat(TorchDevice.parse(text))
        .isEqualTo(new TorchDevice(kind, index))
        .hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:x", "CPU", "cpu:0", "cuda:100"})
  void otherTextsAreRefused(String text) {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> TorchDevice.parse(text))
        .withMessageContaining("device: got " + text + ", expected cpu, cuda or cuda:n");
  }

  @Test
  @DisabledIf(value = "dev.mneme.torch.Devices#cuda", disabledReason = "there is a graphics card")
  void aMissingCardIsNamedWithWhatToInstall() {
    assertThatExceptionOfType(InvalidConfigurationException.class)
        .isThrownBy(() -> new TorchEngine(TorchDevice.parse("cuda")))
        .withMessageContaining("device: got cuda:0")
        .withMessageContaining("driver")
        .withMessageContaining("--device cpu");
  }
}
