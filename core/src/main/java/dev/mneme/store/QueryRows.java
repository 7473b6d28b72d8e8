package dev.mneme.store;

import java.util.List;

/// Takes what a query gives, row by row.
public interface QueryRows {
  /// A column of the answer.
  ///
  /// @param name as the query calls it
  /// @param type DuckDB's name of its type, such as `DOUBLE`
  record Column(String name, String type) {}

  /// What kind of rows will come; called once, before the first. Empty where the statement gives
  /// none.
  void columns(List<Column> columns);

  /// One row, with a value for every column.
  void row(List<QueryValue> values);
}
