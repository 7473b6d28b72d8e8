package dev.mneme.model.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes the safetensors format of Hugging Face: eight bytes with the length of the header (little
/// endian), the header in JSON, then the tensors' bytes end to end.
public final class SafetensorsWriter {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /// Writes tensors as `F64`.
  ///
  /// @throws IllegalArgumentException where a value is not finite or a name occurs twice
  public static void writeDouble(
      OutputStream output, List<TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    writeHeader(output, TensorType.F64, tensors, metadata);
    for (TensorData tensor : tensors) {
      ByteBuffer buffer = buffer(tensor, TensorType.F64);
      for (int i = 0; i < tensor.size(); i++) {
        buffer = drainIfFull(output, buffer).putDouble(finite(tensor, i));
      }
      drain(output, buffer);
    }
  }

  /// Writes tensors as `F32`, rounding each value to the nearest `float`.
  ///
  /// @throws IllegalArgumentException where a value is not finite as a `float` or a name occurs
  ///   twice
  public static void writeFloat(
      OutputStream output, List<TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    writeHeader(output, TensorType.F32, tensors, metadata);
    for (TensorData tensor : tensors) {
      ByteBuffer buffer = buffer(tensor, TensorType.F32);
      for (int i = 0; i < tensor.size(); i++) {
        float rounded = (float) finite(tensor, i);
        if (Float.isInfinite(rounded)) {
          throw new IllegalArgumentException(
              "entry " + i + " of " + tensor.name() + " is too large for single precision");
        }
        buffer = drainIfFull(output, buffer).putFloat(rounded);
      }
      drain(output, buffer);
    }
  }

  private static void writeHeader(
      OutputStream output, TensorType type, List<TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(SafetensorsFile.METADATA, metadata);
    }
    long offset = 0;
    for (TensorData tensor : tensors) {
      long end = offset + (long) tensor.size() * type.bytes();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", type.name());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", List.of(offset, end));
      if (header.put(tensor.name(), entry) != null) {
        throw new IllegalArgumentException("two tensors are named " + tensor.name());
      }
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    output.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(padded.length)
            .array());
    output.write(padded);
  }

  private static double finite(TensorData tensor, int index) {
    double value = tensor.values()[tensor.offset() + index];
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "entry " + index + " of " + tensor.name() + " is " + value);
    }
    return value;
  }

  private static ByteBuffer buffer(TensorData tensor, TensorType type) {
    int entries = Math.min(Math.max(1, tensor.size()), 8192);
    return ByteBuffer.allocate(entries * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer drainIfFull(OutputStream output, ByteBuffer buffer) throws IOException {
    if (!buffer.hasRemaining()) {
      drain(output, buffer);
    }
    return buffer;
  }

  private static void drain(OutputStream output, ByteBuffer buffer) throws IOException {
    output.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
