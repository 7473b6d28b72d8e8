package dev.mneme.torch;

import dev.mneme.data.TokenBatch;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Copies between Java's arrays and tensors.
final class Transfer {
  private static final int AT_ONCE = 1 << 20;

  private final TorchDevice device;

  Transfer(TorchDevice device) {
    this.device = device;
  }

  /// Zeros in single precision. Belongs to the caller's scope.
  Tensor zeros(long... shape) {
    try (TensorOptions options = new TensorOptions(ScalarType.Float);
        TensorOptions placed = on(options)) {
      return torch.zeros(shape, placed);
    }
  }

  private TensorOptions on(TensorOptions options) {
    try (Device where = new Device(device.toString());
        org.bytedeco.pytorch.DeviceOptional there =
            new org.bytedeco.pytorch.DeviceOptional(where)) {
      return options.device(there);
    }
  }

  /// Writes values, rounded to single precision, over a flat tensor.
  void write(double[] values, Tensor flat) {
    for (int from = 0; from < values.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, values.length - from);
      float[] part = new float[count];
      for (int i = 0; i < count; i++) {
        part[i] = (float) values[from + i];
      }
      try (PointerScope scope = new PointerScope()) {
        Tensor source = torch.from_blob(new FloatPointer(part), count);
        flat.narrow(0, from, count).copy_(source);
      }
    }
  }

  /// The values of a flat tensor of single precision.
  double[] read(Tensor flat) {
    double[] values = new double[Math.toIntExact(flat.numel())];
    float[] part = new float[Math.min(AT_ONCE, values.length)];
    for (int from = 0; from < values.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, values.length - from);
      try (PointerScope scope = new PointerScope()) {
        flat.narrow(0, from, count).cpu().data_ptr_float().get(part, 0, count);
      }
      for (int i = 0; i < count; i++) {
        values[from + i] = part[i];
      }
    }
    return values;
  }

  /// The values of a tensor of double precision, in its row-major order.
  static double[] readDoubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    try (PointerScope scope = new PointerScope()) {
      DoublePointer data = tensor.cpu().contiguous().data_ptr_double();
      data.get(values);
    }
    return values;
  }

  /// Some sequences of each batch as identifiers `[batches][count][length]`. Belongs to the
  /// caller's scope.
  Tensor tokens(List<TokenBatch> batches, int from, int count) {
    int length = batches.getFirst().data().sequenceLength();
    long[] tokens = new long[batches.size() * count * length];
    int next = 0;
    for (TokenBatch batch : batches) {
      for (int b = from; b < from + count; b++) {
        for (int t = 0; t < length; t++) {
          tokens[next++] = batch.data().token(batch.indices()[b], t);
        }
      }
    }
    return identifiers(tokens, batches.size(), count, length);
  }

  /// Token identifiers of a shape. Belongs to the caller's scope.
  Tensor identifiers(long[] values, long... shape) {
    try (TensorOptions options = new TensorOptions(ScalarType.Long);
        TensorOptions placed = on(options);
        Tensor flat = torch.tensor(values, placed)) {
      return flat.view(shape);
    }
  }
}
