package dev.mneme.random;

import java.util.random.RandomGenerator;

/// A random stream whose every value is fixed by its seed on every Java version and processor:
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), with normal deviates by the polar method computed
/// in `StrictMath`. Not thread-safe; give each user a stream of its own.
public final class RandomStream implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  RandomStream(long seed) {
    this.state = seed;
  }

  /// What the stream of a seed gives at one place, without what comes before.
  ///
  /// @param index 0 for its first [#nextLong]
  public static long at(Seed seed, long index) {
    return mixed(seed.value() + (index + 1) * GOLDEN_GAMMA);
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mixed(state);
  }

  private static long mixed(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// A uniform integer in `[0, bound)`, without modulo bias (Lemire's multiply-and-reject).
  ///
  /// @param bound at least 1
  @Override
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be at least 1, but was " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (0x100000000L - bound) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /// A uniform number in `[0, 1)` with 53 random bits.
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /// A standard normal deviate (Marsaglia's polar method; the second deviate of each pair is
  /// dropped, so that the stream has no hidden state).
  @Override
  public double nextGaussian() {
    while (true) {
      double u = 2 * nextDouble() - 1;
      double v = 2 * nextDouble() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /// A uniformly random order of `0 .. count-1` (Fisher–Yates).
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
