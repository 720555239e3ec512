package io.ripen.engine.monitoring;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes the tables of the read model: export_position, flow_element_count, flow_incident. */
final class ReadModelJdbc {

  private final JdbcTemplate jdbc;

  ReadModelJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  boolean isEmpty() {
    return Boolean.TRUE.equals(
        jdbc.queryForObject("select not exists (select from export_position)", Boolean.class));
  }

  /** The positions read so far, locked until the transaction ends; -1 where nothing was. */
  Map<Integer, Long> lockPositions(Collection<Integer> partitions) {
    int[] numbers = partitions.stream().mapToInt(Integer::intValue).sorted().toArray();
    jdbc.update(
        """
        insert into export_position (partition, position)
        select partition, -1 from unnest(?::integer[]) partition
        on conflict do nothing
        """,
        new Object[] {numbers});
    Map<Integer, Long> positions = new HashMap<>();
    jdbc.query(
        """
        select partition, position from export_position
        where partition = any (?::integer[]) order by partition for update
        """,
        row -> {
          positions.put(row.getInt("partition"), row.getLong("position"));
        },
        new Object[] {numbers});
    return positions;
  }

  void storePositions(Map<Integer, Long> positions) {
    jdbc.update(
        """
        update export_position known set position = read.position
        from unnest(?::integer[], ?::bigint[]) read (partition, position)
        where known.partition = read.partition
        """,
        positions.keySet().stream().mapToInt(Integer::intValue).toArray(),
        longs(positions.values()));
  }

  void addCounts(Map<Changes.ElementId, Changes.Tally> tallies) {
    var ids = tallies.keySet();
    var counts = tallies.values();
    jdbc.update(
        """
        insert into flow_element_count as known
          (process_key, element_id, activated, completed, terminated, incidents)
        select * from
          unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
        on conflict (process_key, element_id) do update set
          activated = known.activated + excluded.activated,
          completed = known.completed + excluded.completed,
          terminated = known.terminated + excluded.terminated,
          incidents = known.incidents + excluded.incidents
        """,
        ids.stream().mapToLong(Changes.ElementId::processKey).toArray(),
        ids.stream().map(Changes.ElementId::elementId).toArray(String[]::new),
        counts.stream().mapToLong(tally -> tally.activated).toArray(),
        counts.stream().mapToLong(tally -> tally.completed).toArray(),
        counts.stream().mapToLong(tally -> tally.terminated).toArray(),
        counts.stream().mapToLong(tally -> tally.incidents).toArray());
  }

  void addIncidents(List<ExportedRecord> raised) {
    jdbc.update(
        """
        insert into flow_incident
          (key, process_key, process_instance_key, element_id, error_type, message, raised_at)
        select key, process_key, process_instance_key, element_id, error_type, message,
          to_timestamp(raised_at / 1000.0)
        from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[],
          ?::bigint[])
          raised (key, process_key, process_instance_key, element_id, error_type, message, raised_at)
        on conflict (key) do nothing
        """,
        raised.stream().mapToLong(ExportedRecord::key).toArray(),
        raised.stream().mapToLong(ExportedRecord::processKey).toArray(),
        raised.stream().mapToLong(record -> orZero(record.instanceKey())).toArray(),
        raised.stream().map(record -> text(record.elementId())).toArray(String[]::new),
        raised.stream().map(record -> text(record.errorType())).toArray(String[]::new),
        raised.stream().map(record -> text(record.errorMessage())).toArray(String[]::new),
        raised.stream().mapToLong(ExportedRecord::timestamp).toArray());
  }

  void resolveIncidents(List<ExportedRecord> resolved) {
    jdbc.update(
        """
        update flow_incident known set resolved_at = to_timestamp(resolved.at / 1000.0)
        from unnest(?::bigint[], ?::bigint[]) resolved (key, at)
        where known.key = resolved.key and known.resolved_at is null
        """,
        resolved.stream().mapToLong(ExportedRecord::key).toArray(),
        resolved.stream().mapToLong(ExportedRecord::timestamp).toArray());
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  /** PostgreSQL has no NUL in its texts. */
  private static String text(@Nullable String value) {
    return value == null ? "" : value.replace("\0", "");
  }

  private static long[] longs(Collection<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
