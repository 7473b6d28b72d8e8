package dev.mneme.model.checkpoint;

import java.nio.ByteBuffer;

/// Element types of safetensors files whose values can be read as numbers.
public enum TensorType {
  F64(8) {
    @Override
    double get(ByteBuffer buffer) {
      return buffer.getDouble();
    }
  },
  F32(4) {
    @Override
    double get(ByteBuffer buffer) {
      return buffer.getFloat();
    }
  },
  F16(2) {
    @Override
    double get(ByteBuffer buffer) {
      return Float.float16ToFloat(buffer.getShort());
    }
  },
  /// The upper half of an `F32`.
  BF16(2) {
    @Override
    double get(ByteBuffer buffer) {
      return Float.intBitsToFloat(buffer.getShort() << 16);
    }
  };

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /// Bytes per element.
  public int bytes() {
    return bytes;
  }

  abstract double get(ByteBuffer buffer);
}
