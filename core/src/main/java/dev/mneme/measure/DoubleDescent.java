package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Where test loss peaks over the size of the training set, for one model, beside where it should:
/// at the size that fills the model's capacity (Morris et al., arXiv 2505.24832).
///
/// A peak counts only where it stands out. Its test loss is above that of a smaller and of a larger
/// size, each by more than a margin that the caller takes from the noise between seeds. Training
/// loss does not decide anything.
///
/// @param predicted where the peak is expected
/// @param margin bits per token by which losses must differ to count as different
/// @param shape what test loss does over the sizes
/// @param peak the observed peak, present exactly where `shape` is [Shape#PEAK]
public record DoubleDescent(
    InterpolationPoint predicted, Bits margin, Shape shape, Optional<Peak> peak) {

  /// One measured size.
  ///
  /// @param sequences size of the training set, N; at least 1
  /// @param train mean code length per token on the training set
  /// @param test mean code length per token on held-out sequences
  public record Size(int sequences, Bits train, Bits test) {
    public Size {
      if (sequences < 1) {
        throw new IllegalArgumentException(
            "a data set needs at least 1 sequence, but was given " + sequences);
      }
    }
  }

  /// What test loss does from the smallest size to the largest, up to the margin.
  public enum Shape {
    /// It rises, then falls: there is an interior peak.
    PEAK,
    /// It falls and never rises. A peak, if there is one, lies at or below the smallest size.
    MONOTONE_FALLING,
    /// It falls from its highest at or near the smallest size, then rises, without a peak between.
    AT_SMALLEST_SIZE,
    /// It ends at or near its highest. A peak, if there is one, lies at or above the largest size.
    RISING,
    /// It neither rises nor falls, or there is one size only.
    NO_PEAK
  }

  /// Sizes measured to both sides of a peak.
  ///
  /// @param smaller the one below
  /// @param larger the one above
  public record Bracket(int smaller, int larger) {
    /// Whether a predicted size lies between the two, ends included.
    public boolean contains(double sequences) {
      return smaller <= sequences && sequences <= larger;
    }
  }

  /// An interior peak of test loss.
  ///
  /// @param size where test loss is highest of all that qualify, the smallest such size
  /// @param rise bits per token above the lowest test loss of a smaller size
  /// @param fall bits per token above the lowest test loss of a larger size
  /// @param neighbors the next sizes measured: the resolution of the grid
  /// @param bracket the nearest sizes whose test loss is below the peak's by more than the margin:
  ///   between them the data cannot tell where the peak is
  /// @param ratio observed over predicted size
  public record Peak(
      Size size, Bits rise, Bits fall, Bracket neighbors, Bracket bracket, double ratio) {
    /// Doublings from the predicted to the observed size, negative where it is smaller.
    public double doublings() {
      return Bits.ofNats(StrictMath.log(ratio)).value();
    }
  }

  public DoubleDescent {
    if (peak.isPresent() != (shape == Shape.PEAK)) {
      throw new IllegalArgumentException(
          "there is a peak exactly where the shape is PEAK, but the shape is " + shape);
    }
  }

  /// Looks for a peak.
  ///
  /// @param sizes in strictly ascending order of sequences, at least one
  /// @param predicted where the peak is expected
  /// @param margin bits per token, at least 0
  /// @throws IllegalArgumentException where there is no size, sizes do not ascend, or the margin is
  ///   negative
  public static DoubleDescent judge(List<Size> sizes, InterpolationPoint predicted, Bits margin) {
    check(sizes, margin);
    double[] test = sizes.stream().mapToDouble(size -> size.test().value()).toArray();
    Extremes extremes = Extremes.of(test);
    Optional<Peak> peak =
        IntStream.range(0, test.length)
            .filter(i -> extremes.rise(i) > margin.value() && extremes.fall(i) > margin.value())
            .boxed()
            .reduce((best, i) -> test[i] > test[best] ? i : best)
            .map(i -> peak(sizes, extremes, i, predicted, margin));
    Shape shape = peak.isPresent() ? Shape.PEAK : withoutPeak(extremes, margin.value());
    return new DoubleDescent(predicted, margin, shape, peak);
  }

  /// Whether the prediction lies in the bracket of the observed peak; false where there is no peak.
  public boolean agrees() {
    return peak.filter(found -> found.bracket().contains(predicted.sequences())).isPresent();
  }

  private static Peak peak(
      List<Size> sizes, Extremes extremes, int at, InterpolationPoint predicted, Bits margin) {
    int below = at - 1;
    while (!lower(sizes, below, at, margin)) {
      below--;
    }
    int above = at + 1;
    while (!lower(sizes, above, at, margin)) {
      above++;
    }
    Size size = sizes.get(at);
    return new Peak(
        size,
        new Bits(extremes.rise(at)),
        new Bits(extremes.fall(at)),
        new Bracket(sizes.get(at - 1).sequences(), sizes.get(at + 1).sequences()),
        new Bracket(sizes.get(below).sequences(), sizes.get(above).sequences()),
        size.sequences() / predicted.sequences());
  }

  private static boolean lower(List<Size> sizes, int index, int peak, Bits margin) {
    return sizes.get(peak).test().minus(sizes.get(index).test()).compareTo(margin) > 0;
  }

  private static Shape withoutPeak(Extremes extremes, double margin) {
    if (extremes.largestRise() <= margin) {
      return extremes.largestFall() > margin ? Shape.MONOTONE_FALLING : Shape.NO_PEAK;
    }
    // Without a peak the highest loss is within the margin of the first or of the last.
    return extremes.highest() < extremes.lowest() ? Shape.AT_SMALLEST_SIZE : Shape.RISING;
  }

  private static void check(List<Size> sizes, Bits margin) {
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("double descent needs at least one measured size");
    }
    for (int i = 1; i < sizes.size(); i++) {
      if (sizes.get(i).sequences() <= sizes.get(i - 1).sequences()) {
        throw new IllegalArgumentException(
            "sizes must ascend, but "
                + sizes.get(i).sequences()
                + " follows "
                + sizes.get(i - 1).sequences());
      }
    }
    if (margin.value() < 0) {
      throw new IllegalArgumentException(
          "a margin must be at least 0 bits per token, but was " + margin.value());
    }
  }
}
