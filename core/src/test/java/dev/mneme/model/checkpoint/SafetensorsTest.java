package dev.mneme.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final double[] VALUES = {1, -0.5, 3.25, 1e-30, 0.1, -0.0};

  @TempDir Path folder;

  @Test
  void bytesAreThoseOfTheFormat() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    SafetensorsWriter.writeFloat(
        output, List.of(new TensorData("a", List.of(2), VALUES, 0)), Map.of());
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    String padded = header + " ".repeat(56 - header.length());
    assertThat(HexFormat.of().formatHex(output.toByteArray()))
        .isEqualTo(
            "3800000000000000"
                + HexFormat.of().formatHex(padded.getBytes(StandardCharsets.UTF_8))
                + "0000803f"
                + "000000bf");
  }

  @Test
  void doublesComeBackExactly() throws IOException {
    Path file = write(wholeFile());
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      double[] values = new double[VALUES.length + 1];
      opened.read("matrix", values, 1);
      opened.read("vector", values, 5);
      assertThat(values).containsExactly(0, 1, -0.5, 3.25, 1e-30, 0.1, -0.0);
      assertThat(opened.metadata()).containsExactly(Map.entry("format", "test"));
      assertThat(opened.entries().get("matrix").shape()).containsExactly(2L, 2L);
    }
  }

  @ParameterizedTest
  @CsvSource({"F16, 003c, 1", "F16, 00c0, -2", "BF16, 803f, 1", "BF16, 20c1, -10"})
  void halfPrecisionIsRead(String type, String bytes, double expected) throws IOException {
    Path file =
        write(
            withHeader(
                "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[1],\"data_offsets\":[0,2]}}",
                HexFormat.of().parseHex(bytes)));
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      double[] value = new double[1];
      opened.read("a", value, 0);
      assertThat(value).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "not json",
        "{} {}",
        "{\"a\":3}",
        "{\"__metadata__\":3}",
        "{\"__metadata__\":{\"a\":3}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
        // 2^62 elements of 4 bytes wrap to 0; 2^32 · 2^32 wraps too.
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
        // the same name twice, and two tensors over the same bytes
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
      })
  void hostileHeadersAreRefused(String header) throws IOException {
    Path file = write(withHeader(header, new byte[8]));
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 9, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void impossibleHeaderLengthsAreRefusedBeforeAnythingIsAllocated(long length) throws IOException {
    byte[] bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    Path file = write(bytes);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining("header length: got " + Long.toUnsignedString(length));
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    byte[] whole = wholeFile();
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.open(file))
          .as("%d bytes", length)
          .isInstanceOf(CorruptCheckpointException.class);
    }
  }

  @Test
  void noAlteredByteEndsInAnotherException() throws IOException {
    byte[] whole = wholeFile();
    int refused = 0;
    for (int position = 0; position < whole.length; position++) {
      for (int mask : new int[] {1, 0x10, 0x80, 0xFF}) {
        byte[] altered = whole.clone();
        altered[position] ^= (byte) mask;
        try (SafetensorsFile opened = SafetensorsFile.open(write(altered))) {
          for (String name : opened.entries().keySet()) {
            opened.read(name, new double[64], 0);
          }
        } catch (CorruptCheckpointException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(whole.length); // of four times as many
  }

  @Test
  void valuesThatAreNotFiniteAreRefusedBothWays() throws IOException {
    assertThatThrownBy(() ->
            SafetensorsWriter.writeFloat(
                new ByteArrayOutputStream(),
                List.of(new TensorData("a", List.of(1), new double[] {1e300}, 0)),
                Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    Path file =
        write(
            withHeader(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                HexFormat.of().parseHex("0000c07f")));
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      assertThatThrownBy(() -> opened.read("a", new double[1], 0))
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageContaining("NaN");
    }
  }

  private static byte[] wholeFile() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    SafetensorsWriter.writeDouble(
        output,
        List.of(
            new TensorData("matrix", List.of(2, 2), VALUES, 0),
            new TensorData("vector", List.of(2), VALUES, 4)),
        Map.of("format", "test"));
    return output.toByteArray();
  }

  private static byte[] withHeader(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("test.safetensors"), bytes);
  }
}
