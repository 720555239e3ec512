package io.ripen.engine.monitoring;

import io.ripen.engine.flows.FlowRegistry;
import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** Notes flows and understands none. */
final class NotedFlows implements FlowRegistry {

  private final JdbcTemplate jdbc;

  NotedFlows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void register(
      long processKey, String processId, int version, String xml, Instant deployedAt) {
    jdbc.update(
        """
        insert into flow_version
          (process_key, process_id, version, name, xml, signals, deployed_at)
        values (?, ?, ?, ?, ?, '{}', ?) on conflict do nothing
        """,
        processKey,
        processId,
        version,
        "Abandoned cart",
        xml,
        Timestamp.from(deployedAt));
  }

  @Override
  public void forgetBefore(Instant firstDeploy) {
    jdbc.update("delete from flow_version where deployed_at < ?", Timestamp.from(firstDeploy));
  }
}
