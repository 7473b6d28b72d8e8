package dev.mneme.measure;

import dev.mneme.unit.Bits;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What comes first over the steps of one training run, memorization or generalization, read from
/// loss on training and on held-out sequences.
///
/// Held-out loss that rises while training loss falls is memorization at the cost of
/// generalization. Where it falls again afterwards, generalization came later ("grokking"). A
/// learning rate that goes to zero can lower held-out loss by itself at the end, so a late fall is
/// an observation and no proof of why.
///
/// @param margin bits per token by which losses must differ to count as different
/// @param course what happened
/// @param lowest the point of the lowest held-out loss, the first of equals
/// @param rise the rise of held-out loss, absent where it is within the margin
/// @param fall the largest fall of held-out loss after it had risen, absent where it is within the
///   margin or there was no rise
public record LearningPhases(
    Bits margin, Course course, Point lowest, Optional<Change> rise, Optional<Change> fall) {

  /// Both losses after some step.
  ///
  /// @param step optimizer steps done, at least 0
  /// @param train mean code length per token on training sequences
  /// @param heldOut mean code length per token on held-out sequences
  public record Point(long step, Bits train, Bits heldOut) {
    public Point {
      if (step < 0) {
        throw new IllegalArgumentException("a step is at least 0, but was " + step);
      }
    }
  }

  /// From one point to a later one.
  public record Change(Point from, Point to) {
    /// Bits per token by which held-out loss changed, negative where it fell.
    public Bits heldOut() {
      return to.heldOut().minus(from.heldOut());
    }

    /// Bits per token by which training loss changed, negative where it fell.
    public Bits train() {
      return to.train().minus(from.train());
    }
  }

  /// What held-out loss does, up to the margin.
  public enum Course {
    /// It never rises.
    NO_RISE,
    /// It rises while training loss falls, and does not fall again.
    MEMORIZING,
    /// It rises while training loss falls, and falls again: memorization first, generalization
    /// after.
    GENERALIZING_LATER,
    /// Where it is highest, or falls from, training loss is no lower than before the rise: training
    /// itself went astray, and this is no sign of memorization.
    UNSTABLE
  }

  /// Reads a run.
  ///
  /// The first minimum is the lowest held-out loss before the first one that is above it by more
  /// than the margin. The rise goes from there to the highest held-out loss of all later points.
  /// The fall starts at any later point that is above the first minimum by more than the margin.
  ///
  /// @param points in strictly ascending order of steps, at least one
  /// @param margin bits per token, at least 0
  /// @throws IllegalArgumentException where there is no point, steps do not ascend, or the margin
  ///   is negative
  public static LearningPhases of(List<Point> points, Bits margin) {
    check(points, margin);
    Extremes extremes =
        Extremes.of(points.stream().mapToDouble(point -> point.heldOut().value()).toArray());
    Point lowest = points.get(extremes.lowest());
    int risen =
        IntStream.range(0, points.size())
            .filter(i -> extremes.rise(i) > margin.value())
            .findFirst()
            .orElse(-1);
    if (risen < 0) {
      return new LearningPhases(margin, Course.NO_RISE, lowest, Optional.empty(), Optional.empty());
    }
    Point minimum = points.get(extremes.lowestBefore(risen));
    Change rise = new Change(minimum, points.get(extremes.highestFrom(risen)));
    Optional<Change> fall =
        IntStream.range(risen, points.size())
            .filter(i -> points.get(i).heldOut().minus(minimum.heldOut()).compareTo(margin) > 0)
            .filter(i -> extremes.fall(i) > margin.value())
            .boxed()
            .reduce((best, i) -> extremes.fall(i) > extremes.fall(best) ? i : best)
            .map(i -> new Change(points.get(i), points.get(extremes.lowestAfter(i))));
    return new LearningPhases(margin, course(rise, fall), lowest, Optional.of(rise), fall);
  }

  /// Bits per token by which the fall ended below the first minimum; negative where it stayed
  /// above, absent where there was no fall.
  public Optional<Bits> belowFirstMinimum() {
    return rise.flatMap(
        risen -> fall.map(fell -> risen.from().heldOut().minus(fell.to().heldOut())));
  }

  private static Course course(Change rise, Optional<Change> fall) {
    boolean memorized =
        Stream.concat(Stream.of(rise.to()), fall.map(Change::from).stream())
            .allMatch(top -> top.train().compareTo(rise.from().train()) < 0);
    if (!memorized) {
      return Course.UNSTABLE;
    }
    return fall.isPresent() ? Course.GENERALIZING_LATER : Course.MEMORIZING;
  }

  private static void check(List<Point> points, Bits margin) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("the phases of a run need at least one point");
    }
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).step() <= points.get(i - 1).step()) {
        throw new IllegalArgumentException(
            "steps must ascend, but "
                + points.get(i).step()
                + " follows "
                + points.get(i - 1).step());
      }
    }
    if (margin.value() < 0) {
      throw new IllegalArgumentException(
          "a margin must be at least 0 bits per token, but was " + margin.value());
    }
  }
}
