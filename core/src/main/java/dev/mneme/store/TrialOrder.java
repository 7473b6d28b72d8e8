package dev.mneme.store;

/// What a list of trials is sorted by. Ties, and trials without the figure, which come last, are in
/// the order in which they were kept.
public enum TrialOrder {
  KEPT("t.number"),
  IDENTITY("t.id"),
  PARAMETERS("t.parameters"),
  SEQUENCES("t.sequences"),
  STEPS("t.steps"),
  LEARNING_RATE("t.learning_rate"),
  NET_BITS("t.net_bits"),
  BITS_PER_PARAMETER("t.bits_per_parameter"),
  SHARE_OF_CEILING("t.share_of_ceiling"),
  SECONDS("t.seconds");

  private final String column;

  TrialOrder(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
