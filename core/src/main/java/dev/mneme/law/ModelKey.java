package dev.mneme.law;

import java.util.Comparator;

/// Tells models apart and puts them in order: by size, then by name.
record ModelKey(long parameters, String name) implements Comparable<ModelKey> {
  private static final Comparator<ModelKey> ORDER =
      Comparator.comparingLong(ModelKey::parameters).thenComparing(ModelKey::name);

  double square() {
    return (double) parameters * parameters;
  }

  @Override
  public int compareTo(ModelKey other) {
    return ORDER.compare(this, other);
  }
}
