package io.ripen.engine.monitoring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the read model. The row of an element named as the process counts the instances. */
@Component
@Profile("engine")
final class FlowStatisticsJdbc implements FlowStatistics {

  private final JdbcClient jdbc;

  FlowStatisticsJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  @Override
  public List<Version> versions() {
    return jdbc.sql(
            """
            select v.process_key, v.process_id, v.version, v.name, v.deployed_at, v.deployed_by,
              greatest(coalesce(c.activated - c.completed - c.terminated, 0), 0) as running,
              coalesce(c.completed, 0) as completed,
              coalesce(c.terminated, 0) as terminated,
              (select count(*) from flow_incident i
                where i.process_key = v.process_key and i.resolved_at is null) as incidents
            from flow_version v
            left join (
              select process_key, element_id, sum(activated) as activated,
                sum(completed) as completed, sum(terminated) as terminated
              from flow_element_count group by process_key, element_id) c
              on c.process_key = v.process_key and c.element_id = v.process_id
            order by v.process_id, v.version desc
            """)
        .query(
            (row, number) ->
                new Version(
                    row.getLong("process_key"),
                    row.getString("process_id"),
                    row.getInt("version"),
                    row.getString("name"),
                    instant(row, "deployed_at"),
                    row.getString("deployed_by"),
                    row.getLong("running"),
                    row.getLong("completed"),
                    row.getLong("terminated"),
                    row.getLong("incidents")))
        .list();
  }

  @Override
  public List<Element> elements(long processKey) {
    return jdbc.sql(
            """
            select c.element_id,
              greatest(sum(c.activated - c.completed - c.terminated), 0) as active,
              sum(c.completed) as completed, sum(c.terminated) as terminated,
              coalesce(max(i.open), 0) as incidents
            from flow_element_count c
            left join (
              select element_id, count(*) as open from flow_incident
              where process_key = :process and resolved_at is null group by element_id) i
              on i.element_id = c.element_id
            where c.process_key = :process
            group by c.element_id
            order by c.element_id
            """)
        .param("process", processKey)
        .query(
            (row, number) ->
                new Element(
                    row.getString("element_id"),
                    row.getLong("active"),
                    row.getLong("completed"),
                    row.getLong("terminated"),
                    row.getLong("incidents")))
        .list();
  }

  @Override
  public List<Incident> openIncidents(long processKey, int most) {
    return jdbc.sql(
            """
            select key, process_instance_key, element_id, error_type, message, raised_at
            from flow_incident
            where process_key = :process and resolved_at is null
            order by raised_at desc, key desc
            limit :most
            """)
        .param("process", processKey)
        .param("most", most)
        .query(
            (row, number) ->
                new Incident(
                    row.getLong("key"),
                    row.getLong("process_instance_key"),
                    row.getString("element_id"),
                    row.getString("error_type"),
                    row.getString("message"),
                    instant(row, "raised_at")))
        .list();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
