package io.ripen.engine.monitoring;

import io.ripen.engine.touches.TouchCodes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from the read model where instances stand, less those whose message waits there by a
 * decision of the gate: more workers would not make it go sooner.
 */
final class BacklogJdbc {

  private final JdbcClient jdbc;

  BacklogJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /** So many instances stand at an element of a version. */
  record Standing(long processKey, String elementId, long count) {}

  /** Elements where nobody stands are left out. */
  List<Standing> standing(Instant now) {
    return jdbc.sql(
            """
            select c.process_key, c.element_id,
              sum(c.activated - c.completed - c.terminated) - coalesce(max(w.waiting), 0)
                - coalesce(max(i.stuck), 0) as count
            from flow_element_count c
            join flow_version v on v.process_key = c.process_key
            -- Where they stand now: a touch keeps the version that it was planned in.
            left join (
              select e.process_key, e.element_id, count(*) as waiting
              from touch t
              join flow_element_instance e on e.key = t.key
              where t.state = 'planned' and t.deferred_until > :now
                -- Shown on the site, and waits for somebody to look.
                or t.state = 'handing-over' and t.code = '%s'
                  and t.claimed_until <= clock_timestamp()
              group by e.process_key, e.element_id) w
              on w.process_key = c.process_key and w.element_id = c.element_id
            -- More workers would not help what waits for a person.
            left join (
              select process_key, element_id, count(*) as stuck from flow_incident
              where resolved_at is null and error_type in ('JOB_NO_RETRIES', 'UNHANDLED_ERROR_EVENT')
              group by process_key, element_id) i
              on i.process_key = c.process_key and i.element_id = c.element_id
            group by c.process_key, c.element_id
            having sum(c.activated - c.completed - c.terminated) - coalesce(max(w.waiting), 0)
              - coalesce(max(i.stuck), 0) > 0
            """
                .formatted(TouchCodes.UNSEEN))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .query(
            (row, number) ->
                new Standing(
                    row.getLong("process_key"), row.getString("element_id"), row.getLong("count")))
        .list();
  }
}
