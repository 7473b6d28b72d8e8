package dev.mneme.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A version of the layout of a store, how to make it, and how to get to it from older ones.
///
/// A change of the layout raises [#VERSION], changes `schema.sql`, and adds one [Migration] to the
/// end of [#MIGRATIONS]; a store of a version without a migration is refused.
///
/// @param version of the layout
/// @param schema SQL that makes an empty store
/// @param migrations one step each, in any order
record StoreFormat(int version, String schema, List<Migration> migrations) {
  /// The version that this Mneme writes.
  static final int VERSION = 4;

  /// Version 2 came with trials on text; the scores of a store of version 1 are all of random
  /// tokens. Version 3 came with a second optimizer, version 4 with what a trial cost.
  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(1, resource("migration-1.sql")),
          new Migration(2, resource("migration-2.sql")),
          new Migration(3, resource("migration-3.sql")));

  /// One step from a version to the next.
  ///
  /// @param from the version it starts at; it ends at `from + 1`
  /// @param sql what to change; runs in one transaction with everything else
  record Migration(int from, String sql) {}

  StoreFormat {
    migrations = List.copyOf(migrations);
  }

  /// What this Mneme reads and writes.
  static StoreFormat current() {
    return new StoreFormat(VERSION, resource("schema.sql"), MIGRATIONS);
  }

  private static String resource(String name) {
    try (InputStream input = StoreFormat.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException(name + " is missing beside this class");
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The steps from an older version to this one; empty where there is no way.
  List<Migration> path(int from) {
    List<Migration> steps =
        java.util.stream.IntStream.range(from, version)
            .boxed()
            .flatMap(start -> migrations.stream().filter(step -> step.from() == start))
            .toList();
    return steps.size() == version - from ? steps : List.of();
  }
}
