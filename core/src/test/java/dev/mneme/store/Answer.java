package dev.mneme.store;

import java.util.ArrayList;
import java.util.List;

/// The whole answer to a query.
final class Answer implements QueryRows {
  private final List<Column> columns = new ArrayList<>();
  private final List<List<QueryValue>> rows = new ArrayList<>();

  static Answer of(StoreReader store, String sql) {
    Answer answer = new Answer();
    store.query(sql, answer);
    return answer;
  }

  List<Column> columns() {
    return columns;
  }

  List<List<QueryValue>> rows() {
    return rows;
  }

  @Override
  public void columns(List<Column> given) {
    columns.addAll(given);
  }

  @Override
  public void row(List<QueryValue> values) {
    rows.add(values);
  }
}
