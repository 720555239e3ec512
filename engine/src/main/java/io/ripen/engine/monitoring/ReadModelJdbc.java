package io.ripen.engine.monitoring;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

  /** How far each partition was read, locked until the transaction ends. */
  Map<Integer, Place> lockPlaces(Collection<Integer> partitions) {
    int[] numbers = partitions.stream().mapToInt(Integer::intValue).sorted().toArray();
    jdbc.update(
        """
        insert into export_position (partition)
        select partition from unnest(?::integer[]) partition
        on conflict do nothing
        """,
        new Object[] {numbers});
    Map<Integer, Place> places = new HashMap<>();
    jdbc.query(
        """
        select partition, stream, position, former from export_position
        where partition = any (?::integer[]) order by partition for update
        """,
        row -> {
          String[] former = (String[]) row.getArray("former").getArray();
          int partition = row.getInt("partition");
          places.put(
              partition,
              new Place(
                  partition,
                  row.getString("stream"),
                  row.getLong("position"),
                  new TreeSet<>(List.of(former))));
        },
        new Object[] {numbers});
    return places;
  }

  void storePlaces(Collection<Place> places) {
    jdbc.batchUpdate(
        "update export_position set stream = ?, position = ?, former = ?::text[]"
            + " where partition = ?",
        places.stream()
            .map(
                place ->
                    new Object[] {
                      place.stream,
                      place.position,
                      place.former.toArray(String[]::new),
                      place.partition
                    })
            .toList());
  }

  /** Throws away what a partition has told so far. */
  void clear(int partition) {
    jdbc.update("delete from flow_element_count where partition = ?", partition);
    jdbc.update("delete from flow_incident where partition = ?", partition);
  }

  void addCounts(Map<Changes.ElementId, Changes.Tally> tallies) {
    var ids = tallies.keySet();
    var counts = tallies.values();
    jdbc.update(
        """
        insert into flow_element_count as known
          (process_key, element_id, partition, activated, completed, terminated, incidents)
        select * from
          unnest(?::bigint[], ?::text[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[],
            ?::bigint[])
        on conflict (process_key, element_id, partition) do update set
          activated = known.activated + excluded.activated,
          completed = known.completed + excluded.completed,
          terminated = known.terminated + excluded.terminated,
          incidents = known.incidents + excluded.incidents
        """,
        ids.stream().mapToLong(Changes.ElementId::processKey).toArray(),
        ids.stream().map(Changes.ElementId::elementId).toArray(String[]::new),
        ids.stream().mapToInt(Changes.ElementId::partition).toArray(),
        counts.stream().mapToLong(tally -> tally.activated).toArray(),
        counts.stream().mapToLong(tally -> tally.completed).toArray(),
        counts.stream().mapToLong(tally -> tally.terminated).toArray(),
        counts.stream().mapToLong(tally -> tally.incidents).toArray());
  }

  void addIncidents(List<ExportedRecord> raised) {
    jdbc.update(
        """
        insert into flow_incident
          (key, partition, process_key, process_instance_key, element_id, error_type, message,
           raised_at)
        select key, partition, process_key, process_instance_key, element_id, error_type, message,
          to_timestamp(raised_at / 1000.0)
        from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
          ?::text[], ?::bigint[])
          raised (key, partition, process_key, process_instance_key, element_id, error_type,
            message, raised_at)
        on conflict (key) do nothing
        """,
        raised.stream().mapToLong(ExportedRecord::key).toArray(),
        raised.stream().mapToInt(ExportedRecord::partition).toArray(),
        raised.stream().mapToLong(ExportedRecord::processKey).toArray(),
        raised.stream().mapToLong(record -> orZero(record.instanceKey())).toArray(),
        raised.stream().map(record -> text(record.elementId())).toArray(String[]::new),
        raised.stream().map(record -> text(record.errorType())).toArray(String[]::new),
        raised.stream().map(record -> text(record.errorMessage())).toArray(String[]::new),
        raised.stream().mapToLong(ExportedRecord::timestamp).toArray());
  }

  /** Their instances were moved to another version. */
  void moveIncidents(List<ExportedRecord> moved) {
    jdbc.update(
        """
        update flow_incident known
        set process_key = told.process_key, element_id = told.element_id
        from unnest(?::bigint[], ?::bigint[], ?::text[]) told (key, process_key, element_id)
        where known.key = told.key
        """,
        moved.stream().mapToLong(ExportedRecord::key).toArray(),
        moved.stream().mapToLong(ExportedRecord::processKey).toArray(),
        moved.stream().map(record -> text(record.elementId())).toArray(String[]::new));
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
}
