package io.ripen.engine.flows;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code flow_version}. */
final class FlowsJdbc {

  private static final Duration SAME_DEPLOY = Duration.ofMinutes(1);

  private final JdbcTemplate jdbc;

  FlowsJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a version; leaves one that is there alone. */
  void add(
      long processKey,
      String processId,
      int version,
      FlowSummary summary,
      String xml,
      Instant deployedAt) {
    // Another key under the same version is from a Zeebe that has been replaced by an empty one.
    jdbc.update(
        "delete from flow_version where process_id = ? and version = ? and process_key <> ?",
        processId,
        version,
        processKey);
    jdbc.update(
        """
        insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """,
        statement -> {
          statement.setLong(1, processKey);
          statement.setString(2, processId);
          statement.setInt(3, version);
          statement.setString(4, summary.name());
          statement.setString(5, xml);
          statement.setArray(
              6, statement.getConnection().createArrayOf("text", summary.signals().toArray()));
          statement.setTimestamp(7, Timestamp.from(deployedAt));
        });
  }

  /** The broker may have told of the version a moment before, by its own clock. */
  void credit(long processKey, String by, Instant deployedAt) {
    jdbc.update(
        """
        update flow_version set deployed_by = ?
        where process_key = ? and deployed_by is null and deployed_at > ?
        """,
        by,
        processKey,
        Timestamp.from(deployedAt.minus(SAME_DEPLOY)));
  }

  void deleteBefore(Instant time) {
    jdbc.update("delete from flow_version where deployed_at < ?", Timestamp.from(time));
  }

  /** Zeebe's key of the newest version; one that was emptied counts from 1 again. */
  Optional<Long> newest(String processId) {
    return jdbc
        .queryForList(
            """
            select process_key from flow_version where process_id = ?
            order by deployed_at desc, version desc limit 1
            """,
            Long.class,
            processId)
        .stream()
        .findFirst();
  }

  /** Zeebe's keys of the newest versions of all flows. */
  List<Long> newest() {
    return jdbc.queryForList(
        """
        select distinct on (process_id) process_key from flow_version
        order by process_id, deployed_at desc, version desc
        """,
        Long.class);
  }

  Optional<String> xml(long processKey) {
    return jdbc
        .queryForList(
            "select xml from flow_version where process_key = ?", String.class, processKey)
        .stream()
        .findFirst();
  }

  Optional<String> xml(String processId, int version) {
    return jdbc
        .queryForList(
            "select xml from flow_version where process_id = ? and version = ?",
            String.class,
            processId,
            version)
        .stream()
        .findFirst();
  }

  List<String> signals() {
    return jdbc.queryForList("select distinct unnest(signals) from flow_version", String.class);
  }
}
