package io.ripen.engine.migration;

import io.ripen.engine.migration.Instance.Touch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which instances run where, by the read model, and what they sent, by the ledger. */
final class MigrationJdbc {

  private final JdbcClient jdbc;
  private final MovesJdbc moves;

  MigrationJdbc(JdbcClient jdbc, MovesJdbc moves) {
    this.jdbc = jdbc;
    this.moves = moves;
  }

  /** A version of a flow. */
  record Version(long processKey, int number, String xml) {}

  /** All versions of a flow, the newest first. */
  List<Version> versions(String flow) {
    return jdbc.sql(
            """
            select process_key, version, xml from flow_version
            where process_id = :flow order by version desc
            """)
        .param("flow", flow)
        .query(
            (row, number) ->
                new Version(
                    row.getLong("process_key"), row.getInt("version"), row.getString("xml")))
        .list();
  }

  boolean isRunning(Version version) {
    return jdbc.sql(
            "select exists (select from flow_element_instance where process_key = :process)")
        .param("process", version.processKey())
        .query(Boolean.class)
        .single();
  }

  /** The instances of a version with keys above the last one, by their keys. */
  List<Instance> page(Version version, String flow, long after, int limit) {
    List<Long> keys =
        jdbc.sql(
                """
                select instance_key from flow_element_instance
                where process_key = :process and instance_key > :after and element_type = 'PROCESS'
                order by instance_key limit :limit
                """)
            .param("process", version.processKey())
            .param("after", after)
            .param("limit", limit)
            .query(Long.class)
            .list();
    if (keys.isEmpty()) {
      return List.of();
    }
    Map<Long, List<String>> places = places(version, flow, keys);
    Map<Long, List<Touch>> touches = touches(flow, keys);
    Map<Long, Moves> moved = moves.of(keys);
    return keys.stream()
        .map(
            key ->
                new Instance(
                    key,
                    places.getOrDefault(key, List.of()),
                    touches.getOrDefault(key, List.of()),
                    moved.getOrDefault(key, Moves.NONE)))
        .toList();
  }

  /** A step that could not begin is told by its incident alone; Zeebe moves both. */
  private Map<Long, List<String>> places(Version version, String flow, List<Long> keys) {
    Map<Long, List<String>> places = new HashMap<>();
    jdbc.sql(
            """
            select instance_key, array_agg(distinct element_id order by element_id) as elements
            from (
              select instance_key, element_id from flow_element_instance
              where process_key = :process and instance_key = any(:keys)
                and element_type <> 'PROCESS'
              union all
              select process_instance_key, element_id from flow_incident
              where process_key = :process and process_instance_key = any(:keys)
                and resolved_at is null and element_id <> :flow) place
            group by instance_key
            """)
        .param("process", version.processKey())
        .param("flow", flow)
        .param("keys", keys.toArray(Long[]::new))
        .query(
            row -> {
              places.put(
                  row.getLong("instance_key"),
                  Arrays.asList((String[]) row.getArray("elements").getArray()));
            });
    return places;
  }

  /** What certainly never reached anybody may still come. */
  private Map<Long, List<Touch>> touches(String flow, List<Long> keys) {
    Map<Long, List<Touch>> touches = new TreeMap<>();
    jdbc.sql(
            """
            select process_instance_key, element_id, flow_version, message, channel, state from touch
            where process_instance_key = any(:keys) and flow = :flow
              and state not in ('denied', 'rejected')
            order by planned_at, key
            """)
        .param("keys", keys.toArray(Long[]::new))
        .param("flow", flow)
        .query(
            row -> {
              touches
                  .computeIfAbsent(row.getLong("process_instance_key"), key -> new ArrayList<>())
                  .add(
                      new Touch(
                          row.getString("element_id"),
                          row.getInt("flow_version"),
                          row.getString("message"),
                          row.getString("channel"),
                          row.getString("state")));
            });
    return touches;
  }
}
