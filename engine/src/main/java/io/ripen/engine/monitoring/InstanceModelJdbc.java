package io.ripen.engine.monitoring;

import java.util.Collection;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the table flow_element_instance, which says where instances are now. */
final class InstanceModelJdbc {

  private final JdbcTemplate jdbc;

  InstanceModelJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Throws away what a partition has told so far. */
  void clear(int partition) {
    jdbc.update("delete from flow_element_instance where partition = ?", partition);
  }

  /** Takes the changes over, and counts those who came to another version off from theirs. */
  void store(Changes changes) {
    if (!changes.moved.isEmpty()) {
      countOff(changes);
      move(changes.moved.values());
    }
    if (!changes.entered.isEmpty()) {
      add(changes.entered.values());
    }
    if (!changes.left.isEmpty()) {
      jdbc.update(
          "delete from flow_element_instance where key = any (?::bigint[])",
          new Object[] {changes.left.stream().mapToLong(Long::longValue).toArray()});
    }
  }

  private void countOff(Changes changes) {
    jdbc.query(
        """
        select process_key, element_id, partition from flow_element_instance
        where key = any (?::bigint[])
        """,
        row -> {
          changes.takeFrom(
              row.getLong("process_key"), row.getString("element_id"), row.getInt("partition"));
        },
        new Object[] {keys(changes.moved.values())});
  }

  private void move(Collection<ExportedRecord> moved) {
    jdbc.update(
        """
        update flow_element_instance known
        set process_key = told.process_key, element_id = told.element_id
        from unnest(?::bigint[], ?::bigint[], ?::text[]) told (key, process_key, element_id)
        where known.key = told.key
        """,
        keys(moved),
        longs(moved, ExportedRecord::processKey),
        moved.stream().map(record -> text(record.elementId())).toArray(String[]::new));
  }

  /** Adds elements that are active, or makes them what these records say. */
  void add(Collection<ExportedRecord> entered) {
    jdbc.update(
        """
        insert into flow_element_instance
          (key, partition, process_key, instance_key, element_id, element_type)
        select * from
          unnest(?::bigint[], ?::integer[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
        on conflict (key) do update set
          partition = excluded.partition, process_key = excluded.process_key,
          instance_key = excluded.instance_key, element_id = excluded.element_id,
          element_type = excluded.element_type
        """,
        keys(entered),
        entered.stream().mapToInt(ExportedRecord::partition).toArray(),
        longs(entered, ExportedRecord::processKey),
        longs(entered, record -> record.instanceKey() == null ? 0 : record.instanceKey()),
        entered.stream().map(record -> text(record.elementId())).toArray(String[]::new),
        entered.stream().map(record -> text(record.elementType())).toArray(String[]::new));
  }

  private static long[] keys(Collection<ExportedRecord> records) {
    return longs(records, ExportedRecord::key);
  }

  private static long[] longs(
      Collection<ExportedRecord> records, ToLongFunction<ExportedRecord> value) {
    return records.stream().mapToLong(value).toArray();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
