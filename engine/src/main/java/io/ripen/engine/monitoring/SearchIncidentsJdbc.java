package io.ripen.engine.monitoring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what Camunda's search says of incidents. */
final class SearchIncidentsJdbc {

  private final JdbcTemplate jdbc;
  private final ReadModelJdbc tables;

  SearchIncidentsJdbc(JdbcTemplate jdbc, ReadModelJdbc tables) {
    this.jdbc = jdbc;
    this.tables = tables;
  }

  /** These are open. */
  void put(List<ExportedRecord> open) {
    if (open.isEmpty()) {
      return;
    }
    Set<Long> known = known(open);
    List<ExportedRecord> raised =
        open.stream().filter(each -> !known.contains(each.key())).toList();
    if (!raised.isEmpty()) {
      tables.addIncidents(raised);
      Changes changes = new Changes();
      raised.forEach(
          each ->
              changes.tally(each.processKey(), String.valueOf(each.elementId()), each.partition())
                  .incidents++);
      tables.addCounts(changes.tallies);
    }
    tables.moveIncidents(open);
    jdbc.update(
        "update flow_incident set resolved_at = null where key = any (?::bigint[]) and resolved_at is not null",
        new Object[] {keys(open)});
  }

  /** From one key to another, no others are open; when one was resolved nobody can tell. */
  void resolveOthers(long[] open, long after, long last, Instant now) {
    jdbc.update(
        """
        update flow_incident set resolved_at = ?
        where resolved_at is null and key > ? and key <= ? and key <> all (?::bigint[])
        """,
        Timestamp.from(now),
        after,
        last,
        open);
  }

  private Set<Long> known(List<ExportedRecord> records) {
    return new HashSet<>(
        jdbc.queryForList(
            "select key from flow_incident where key = any (?::bigint[])",
            Long.class,
            new Object[] {keys(records)}));
  }

  private static long[] keys(List<ExportedRecord> records) {
    return records.stream().mapToLong(ExportedRecord::key).toArray();
  }
}
