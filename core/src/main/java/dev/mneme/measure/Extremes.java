package dev.mneme.measure;

import java.util.stream.IntStream;

/// How far a curve rose up to each of its points and falls after it.
final class Extremes {
  private final double[] values;
  private final int[] lowestBefore; // index of the lowest value up to and with each point
  private final int[] lowestAfter; // index of the lowest value from each point on

  private Extremes(double[] values, int[] lowestBefore, int[] lowestAfter) {
    this.values = values;
    this.lowestBefore = lowestBefore;
    this.lowestAfter = lowestAfter;
  }

  /// @param values at least one
  static Extremes of(double... values) {
    int last = values.length - 1;
    int[] before = new int[values.length];
    int[] after = new int[values.length];
    for (int i = 1; i <= last; i++) {
      before[i] = values[i] < values[before[i - 1]] ? i : before[i - 1];
    }
    after[last] = last;
    for (int i = last - 1; i >= 0; i--) {
      after[i] = values[i] <= values[after[i + 1]] ? i : after[i + 1];
    }
    return new Extremes(values, before, after);
  }

  /// The first index of the lowest value up to and with `index`.
  int lowestBefore(int index) {
    return lowestBefore[index];
  }

  /// The first index of the lowest value from `index` on.
  int lowestAfter(int index) {
    return lowestAfter[index];
  }

  /// The value over the lowest before it, at least 0.
  double rise(int index) {
    return values[index] - values[lowestBefore[index]];
  }

  /// The value over the lowest after it, at least 0.
  double fall(int index) {
    return values[index] - values[lowestAfter[index]];
  }

  double largestRise() {
    return IntStream.range(0, values.length).mapToDouble(this::rise).max().orElseThrow();
  }

  double largestFall() {
    return IntStream.range(0, values.length).mapToDouble(this::fall).max().orElseThrow();
  }

  /// The first index of the lowest value.
  int lowest() {
    return lowestAfter[0];
  }

  /// The first index of the highest value from `index` on.
  int highestFrom(int index) {
    return IntStream.range(index, values.length)
        .reduce((best, i) -> values[i] > values[best] ? i : best)
        .orElseThrow();
  }

  /// The first index of the highest value.
  int highest() {
    return highestFrom(0);
  }
}
