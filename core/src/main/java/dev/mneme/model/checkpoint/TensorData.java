package dev.mneme.model.checkpoint;

import java.util.List;

/// A tensor to be written: a stretch of a flat vector.
///
/// @param name unique in its file
/// @param shape dimensions, row-major
/// @param values holds the tensor; treat as read-only
/// @param offset index of its first entry
@SuppressWarnings("ArrayRecordComponent") // a view handed to a writer once, never compared
public record TensorData(String name, List<Integer> shape, double[] values, int offset) {
  public TensorData {
    shape = List.copyOf(shape);
    if (offset < 0 || size(shape) > values.length - offset) {
      throw new IllegalArgumentException(
          name
              + " of shape "
              + shape
              + " does not lie in a vector of "
              + values.length
              + " at "
              + offset);
    }
  }

  /// The number of entries.
  public int size() {
    return Math.toIntExact(size(shape));
  }

  private static long size(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
