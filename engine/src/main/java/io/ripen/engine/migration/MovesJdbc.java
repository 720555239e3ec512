package io.ripen.engine.migration;

import io.ripen.engine.migration.Moves.Move;
import io.ripen.engine.migration.Moves.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code flow_move}. */
final class MovesJdbc {

  /** Any number that nobody else of ours uses. */
  private static final long LOCK = 0x726970656e2d6d76L;

  private static final TypeReference<Map<String, String>> IDS = new TypeReference<>() {};

  private final JdbcClient jdbc;

  MovesJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Lets one at a time decide what moves, until the end of its transaction. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)")
        .param("lock", LOCK)
        .query((row, number) -> true)
        .single();
  }

  /** The moves of these instances, by their keys; those that never moved are left out. */
  Map<Long, Moves> of(List<Long> instances) {
    Map<Long, List<Move>> moves = new TreeMap<>();
    jdbc.sql(
            """
            select instance_key, from_version, to_version, elements,
              case when moved_at is not null then 'MOVED'
                   when asked_at > now() - interval '1 minute' then 'UNDER_WAY'
                   else 'UNKNOWN' end as outcome
            from flow_move where instance_key = any(:instances) order by id
            """)
        .param("instances", instances.toArray(Long[]::new))
        .query(
            row -> {
              moves
                  .computeIfAbsent(row.getLong("instance_key"), key -> new ArrayList<>())
                  .add(
                      new Move(
                          row.getInt("from_version"),
                          row.getInt("to_version"),
                          JsonMapper.shared().readValue(row.getString("elements"), IDS),
                          Outcome.valueOf(row.getString("outcome"))));
            });
    Map<Long, Moves> all = new HashMap<>();
    moves.forEach((key, list) -> all.put(key, new Moves(list)));
    return all;
  }

  /**
   * Notes what Zeebe is going to be asked.
   *
   * @return the ids of the notes, by the instances' keys
   */
  Map<Long, Long> ask(Collection<Long> instances, int from, int to, Map<String, String> elements) {
    Map<Long, Long> ids = new HashMap<>();
    jdbc.sql(
            """
            insert into flow_move (instance_key, from_version, to_version, elements)
            select key, :from, :to, :elements::jsonb from unnest(:instances::bigint[]) key
            returning id, instance_key
            """)
        .param("from", from)
        .param("to", to)
        .param("elements", JsonMapper.shared().writeValueAsString(elements))
        .param("instances", instances.toArray(Long[]::new))
        .query(
            row -> {
              ids.put(row.getLong("instance_key"), row.getLong("id"));
            });
    return ids;
  }

  /** Zeebe has done these. */
  void moved(Collection<Long> ids) {
    jdbc.sql("update flow_move set moved_at = now() where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  /** Zeebe has certainly not done these. */
  void forget(Collection<Long> ids) {
    jdbc.sql("delete from flow_move where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }
}
