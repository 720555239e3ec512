package io.ripen.engine.backup;

import io.ripen.engine.backup.Manifest.Sequence;
import io.ripen.engine.backup.Manifest.Table;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * All tables by {@code COPY}, whatever they are by now: the files have rows only, and fit every
 * version of PostgreSQL. Reads and writes within the transaction of its connection.
 */
final class TablesJdbc {

  private static final String TABLES =
      """
      select c.relname,
             array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '')
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
         and c.relname <> 'flyway_schema_history'
       group by c.relname
       order by c.relname
      """;

  private static final String REFERENCES =
      """
      select distinct one.relname, other.relname
        from pg_constraint f
        join pg_class one on one.oid = f.conrelid
        join pg_class other on other.oid = f.confrelid
        join pg_namespace n on n.oid = one.relnamespace
       where n.nspname = current_schema() and f.contype = 'f' and f.conrelid <> f.confrelid
      """;

  private static final String SEQUENCES =
      """
      select sequencename, last_value from pg_sequences
       where schemaname = current_schema() and last_value is not null
       order by sequencename
      """;

  private static final String SCHEMA =
      """
      select version || ' (' || checksum || ')' from flyway_schema_history
       where success and version is not null
       order by installed_rank desc limit 1
      """;

  private final Connection connection;

  TablesJdbc(Connection connection) {
    this.connection = connection;
  }

  /** Which migrations have made the tables; empty where none has. */
  String schema() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet there =
          statement.executeQuery("select to_regclass('flyway_schema_history') is not null")) {
        there.next();
        if (!there.getBoolean(1)) {
          return "";
        }
      }
      try (ResultSet row = statement.executeQuery(SCHEMA)) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  /** Writes all rows of all tables, what others refer to first. */
  List<Table> dump(BackupFolder folder) throws SQLException, IOException {
    plain();
    List<Table> tables = new ArrayList<>();
    for (Map.Entry<String, List<String>> table : inOrder().entrySet()) {
      String sql =
          "copy (select %s from %s) to stdout"
              .formatted(quoted(table.getValue()), quoted(table.getKey()));
      BackupFolder.Filled filled =
          folder.write("postgres/" + table.getKey() + ".copy.gz", out -> copy().copyOut(sql, out));
      tables.add(new Table(table.getKey(), table.getValue(), filled.count(), filled.content()));
    }
    return tables;
  }

  /** How far each has counted; they stand outside of transactions, and so are never too low. */
  List<Sequence> sequences() throws SQLException {
    List<Sequence> sequences = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SEQUENCES)) {
      while (rows.next()) {
        sequences.add(new Sequence(rows.getString(1), rows.getLong(2)));
      }
    }
    return sequences;
  }

  /** The tables that have rows. */
  List<String> filled() throws SQLException {
    List<String> filled = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String table : inOrder().keySet()) {
        try (ResultSet row =
            statement.executeQuery("select exists (select from %s)".formatted(quoted(table)))) {
          if (row.next() && row.getBoolean(1)) {
            filled.add(table);
          }
        }
      }
    }
    return filled;
  }

  /** Brings all rows back. */
  void load(Manifest manifest, BackupFolder folder) throws SQLException, IOException, BackupFailed {
    plain();
    for (Table table : manifest.tables()) {
      try (InputStream in = folder.read(table.content())) {
        long rows =
            copy()
                .copyIn(
                    "copy %s (%s) from stdin"
                        .formatted(quoted(table.name()), quoted(table.columns())),
                    in);
        if (rows != table.rows()) {
          throw new BackupFailed(
              "%d rows of %s came back (expected: %d)".formatted(rows, table.name(), table.rows()));
        }
      }
    }
    try (PreparedStatement set =
        connection.prepareStatement("select setval(quote_ident(?)::regclass, ?)")) {
      for (Sequence sequence : manifest.sequences()) {
        set.setString(1, sequence.name());
        set.setLong(2, sequence.value());
        boolean unused = set.execute();
      }
    }
  }

  /** Values are written the same way wherever it runs. */
  private void plain() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local datestyle = 'ISO, YMD'");
      statement.execute("set local intervalstyle = 'postgres'");
      statement.execute("set local timezone = 'UTC'");
      statement.execute("set local extra_float_digits = 1");
      statement.execute("set local statement_timeout = 0");
    }
  }

  private CopyManager copy() throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** The tables with their columns, none before those that it refers to. */
  private Map<String, List<String>> inOrder() throws SQLException {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    Map<String, Set<String>> references = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(TABLES)) {
        while (rows.next()) {
          tables.put(rows.getString(1), strings(rows.getArray(2)));
        }
      }
      try (ResultSet rows = statement.executeQuery(REFERENCES)) {
        while (rows.next()) {
          references
              .computeIfAbsent(rows.getString(1), any -> new HashSet<>())
              .add(rows.getString(2));
        }
      }
    }
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    while (ordered.size() < tables.size()) {
      int before = ordered.size();
      tables.forEach(
          (name, columns) -> {
            if (ordered.keySet().containsAll(references.getOrDefault(name, Set.of()))) {
              ordered.putIfAbsent(name, columns);
            }
          });
      if (ordered.size() == before) {
        throw new IllegalStateException(
            "tables refer to each other in a circle, of %s".formatted(tables.keySet()));
      }
    }
    return ordered;
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static String quoted(List<String> names) {
    return names.stream().map(TablesJdbc::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
