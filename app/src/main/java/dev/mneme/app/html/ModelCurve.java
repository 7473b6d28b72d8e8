package dev.mneme.app.html;

import dev.mneme.measure.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one model memorized of random data sets of growing size.
///
/// @param name such as `1×32`
/// @param parameters all trainable ones
/// @param bitsPerSequence entropy of one sequence, `S · log2 V`
/// @param sizes by ascending number of sequences
/// @param peak the largest mean over seeds; empty where nothing was memorized
/// @param color number of its colour, the same in every chart
/// @param enclosed whether smaller and larger sizes enclose the peak
record ModelCurve(
    String name,
    long parameters,
    double bitsPerSequence,
    List<Size> sizes,
    Optional<Size> peak,
    int color,
    boolean enclosed) {
  ModelCurve {
    sizes = List.copyOf(sizes);
  }

  /// One size of the data.
  ///
  /// @param sequences N
  /// @param net memorized bits with their interval over seeds
  /// @param ceiling most bits that any model can save, where it is known
  record Size(int sequences, Interval net, OptionalDouble ceiling) {}

  /// Entropy of a data set, in bits.
  double entropy(Size size) {
    return size.sequences() * bitsPerSequence;
  }

  /// Bits at the peak; 0 where nothing was memorized.
  double height() {
    return peak.map(size -> size.net().mean()).orElse(0.0);
  }

  /// Bits per parameter at the peak.
  Optional<Interval> bitsPerParameter() {
    return peak.map(size -> size.net().dividedBy(parameters));
  }
}
