package io.ripen.engine.monitoring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Writes what Camunda's search says of elements, of which an instance is one: where they are, and
 * each that ended into the counts once, however often it is read.
 */
final class SearchElementsJdbc {

  private final JdbcTemplate jdbc;
  private final ReadModelJdbc counts;
  private final InstanceModelJdbc instances;
  private final EndedStepsJdbc endedSteps;

  SearchElementsJdbc(
      JdbcTemplate jdbc,
      ReadModelJdbc counts,
      InstanceModelJdbc instances,
      EndedStepsJdbc endedSteps) {
    this.jdbc = jdbc;
    this.endedSteps = endedSteps;
    this.counts = counts;
    this.instances = instances;
  }

  private record Stand(long processKey, String elementId, int partition) {}

  /** These are active, and were so when they were read. */
  void enter(Collection<ExportedRecord> active) {
    Map<Long, ExportedRecord> entered = new TreeMap<>();
    active.forEach(each -> entered.put(each.key(), each));
    entered.keySet().removeAll(counted(entered.keySet()));
    Map<Long, Stand> known = standing(entered.keySet());
    entered
        .values()
        .removeIf(
            each ->
                new Stand(each.processKey(), elementId(each), each.partition())
                    .equals(known.get(each.key())));
    if (entered.isEmpty()) {
      return;
    }
    Changes changes = new Changes();
    for (ExportedRecord each : entered.values()) {
      Stand before = known.get(each.key());
      if (before != null) {
        changes.takeFrom(before.processKey(), before.elementId(), before.partition());
      }
      changes.tally(each.processKey(), elementId(each), each.partition()).activated++;
    }
    instances.add(entered.values());
    counts.addCounts(changes.tallies);
  }

  /** These have ended. */
  void leave(String look, Collection<ExportedRecord> ended) {
    Map<Long, ExportedRecord> left = new TreeMap<>();
    ended.forEach(each -> left.put(each.key(), each));
    endedSteps.note(left.values());
    Changes changes = new Changes();
    takeOff("key = any (?::bigint[])", changes, new Object[] {keys(left.keySet())});
    for (Long key : note(look, left)) {
      ExportedRecord each = left.get(key);
      if (each != null) {
        Changes.Tally tally = changes.tally(each.processKey(), elementId(each), each.partition());
        tally.activated++;
        if (each.intent().equals("ELEMENT_COMPLETED")) {
          tally.completed++;
        } else {
          tally.terminated++;
        }
      }
    }
    add(changes);
  }

  /**
   * Of what stands from one key to another, only these are active any more.
   *
   * @param after the key before
   * @param last the last key, itself included
   * @return the keys of those that are not
   */
  List<Long> keepOnly(long[] active, long after, long last, boolean areInstances) {
    Changes changes = new Changes();
    List<Long> gone =
        takeOff(
            "key > ? and key <= ? and (element_type = 'PROCESS') = ? and key <> all (?::bigint[])",
            changes,
            after,
            last,
            areInstances,
            active);
    add(changes);
    return gone;
  }

  /** What ended before is not read again. */
  void forgetCounted(String look, Instant before) {
    jdbc.update(
        "delete from search_counted where look = ? and ended_at < ?", look, Timestamp.from(before));
  }

  private List<Long> takeOff(String condition, Changes changes, Object... parameters) {
    List<Long> keys = new ArrayList<>();
    jdbc.query(
        "delete from flow_element_instance where "
            + condition
            + " returning key, process_key, element_id, partition",
        (RowCallbackHandler)
            row -> {
              keys.add(row.getLong("key"));
              changes.takeFrom(
                  row.getLong("process_key"), row.getString("element_id"), row.getInt("partition"));
            },
        parameters);
    return keys;
  }

  /** Returns those that were not counted before. */
  private List<Long> note(String look, Map<Long, ExportedRecord> left) {
    return jdbc.queryForList(
        """
        insert into search_counted (key, look, ended_at)
        select key, ?, to_timestamp(at / 1000.0) from unnest(?::bigint[], ?::bigint[]) ended (key, at)
        on conflict do nothing returning key
        """,
        Long.class,
        look,
        keys(left.keySet()),
        left.values().stream().mapToLong(ExportedRecord::timestamp).toArray());
  }

  private void add(Changes changes) {
    if (!changes.tallies.isEmpty()) {
      counts.addCounts(changes.tallies);
    }
  }

  private Set<Long> counted(Set<Long> keys) {
    return new HashSet<>(
        jdbc.queryForList(
            "select key from search_counted where key = any (?::bigint[])",
            Long.class,
            new Object[] {keys(keys)}));
  }

  private Map<Long, Stand> standing(Set<Long> keys) {
    Map<Long, Stand> known = new HashMap<>();
    jdbc.query(
        """
        select key, process_key, element_id, partition from flow_element_instance
        where key = any (?::bigint[])
        """,
        (RowCallbackHandler)
            row ->
                known.put(
                    row.getLong("key"),
                    new Stand(
                        row.getLong("process_key"),
                        row.getString("element_id"),
                        row.getInt("partition"))),
        new Object[] {keys(keys)});
    return known;
  }

  private static long[] keys(Set<Long> keys) {
    return keys.stream().mapToLong(Long::longValue).toArray();
  }

  private static String elementId(ExportedRecord record) {
    String id = record.elementId();
    return id == null ? "" : id;
  }
}
