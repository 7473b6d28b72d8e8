package dev.mneme.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Which trials to list, and in which order. Start from [#ALL] and narrow it; every call gives
/// another filter, to which its condition is added.
public final class TrialFilter {
  /// Every trial, in the order in which they were kept.
  public static final TrialFilter ALL =
      new TrialFilter(List.of(), TrialOrder.KEPT, false, OptionalLong.empty());

  private final List<Condition> conditions;
  private final TrialOrder order;
  private final boolean descending;
  private final OptionalLong limit;

  private TrialFilter(
      List<Condition> conditions, TrialOrder order, boolean descending, OptionalLong limit) {
    this.conditions = List.copyOf(conditions);
    this.order = order;
    this.descending = descending;
    this.limit = limit;
  }

  /// A condition on table `trials`, here called `t`.
  ///
  /// @param sql with a question mark for every value
  record Condition(String sql, List<Object> values) {
    Condition {
      values = List.copyOf(values);
    }
  }

  private TrialFilter and(String sql, Object... values) {
    List<Condition> more = new ArrayList<>(conditions);
    more.add(new Condition(sql, List.of(values)));
    return new TrialFilter(more, order, descending, limit);
  }

  /// Only trials that ended in one of these ways; in any way where there is none.
  public TrialFilter withStatuses(Set<TrialStatus> chosen) {
    return chosen.isEmpty()
        ? this
        : and(
            "t.status IN (" + String.join(", ", Collections.nCopies(chosen.size(), "?")) + ")",
            chosen.stream().map(TrialStatus::text).toArray());
  }

  /// Only trials that an experiment asks for.
  public TrialFilter withExperiment(String chosen) {
    return and("t.id IN (SELECT trial FROM experiment_trials WHERE experiment = ?)", chosen);
  }

  /// Only models of this many layers and this width.
  public TrialFilter withModel(int layers, int width) {
    return and("t.layers = ? AND t.width = ?", layers, width);
  }

  /// Only sequences of this length over a vocabulary of this size.
  public TrialFilter withData(int vocabularySize, int contextLength) {
    return and("t.vocabulary_size = ? AND t.context_length = ?", vocabularySize, contextLength);
  }

  /// Only trials whose identity begins so.
  public TrialFilter withIdPrefix(String chosen) {
    return and("starts_with(t.id, ?)", chosen);
  }

  /// In another order.
  public TrialFilter sortedBy(TrialOrder chosen, boolean largestFirst) {
    return new TrialFilter(conditions, chosen, largestFirst, limit);
  }

  /// Only the first ones.
  ///
  /// @param most at least 0
  public TrialFilter limitedTo(long most) {
    if (most < 0) {
      throw new IllegalArgumentException("a limit is at least 0, but was " + most);
    }
    return new TrialFilter(conditions, order, descending, OptionalLong.of(most));
  }

  /// How many at most.
  public OptionalLong limit() {
    return limit;
  }

  /// The clauses behind a `SELECT … FROM trials t`.
  String sql() {
    return (conditions.isEmpty()
            ? ""
            : "WHERE " + String.join(" AND ", conditions.stream().map(Condition::sql).toList()))
        + " ORDER BY "
        + order.column()
        + (descending ? " DESC" : " ASC")
        + " NULLS LAST, t.number"
        + (limit.isPresent() ? " LIMIT " + limit.getAsLong() : "");
  }

  /// The values for the question marks of [#sql], in their order.
  List<Object> values() {
    return conditions.stream().flatMap(condition -> condition.values().stream()).toList();
  }
}
