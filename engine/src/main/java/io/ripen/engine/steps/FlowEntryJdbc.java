package io.ripen.engine.steps;

import io.ripen.engine.steps.EnterFlow.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code flow_entry}. */
@Component
final class FlowEntryJdbc {

  /** The lead of today, and all that were merged into it. */
  private static final String FAMILY =
      "(select :lead::uuid union all select id from lead where merged_into = :lead)";

  private final JdbcClient jdbc;

  FlowEntryJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /** How often a lead was in, and when last. */
  record Past(int times, @Nullable Instant last) {}

  /** Until the transaction ends, nobody else decides on this lead and flow. */
  void lock(String flow, UUID lead) {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:flow || :lead, 0))")
        .param("flow", flow)
        .param("lead", lead.toString())
        .query((row, n) -> n)
        .list();
  }

  /** What was decided for this instance, if anything was. */
  @Nullable Outcome of(long instance, UUID lead) {
    return jdbc.sql(
            "select code, reason from flow_entry where instance_key = :instance and lead_id in "
                + FAMILY)
        .param("instance", instance)
        .param("lead", lead)
        .query(FlowEntryJdbc::outcome)
        .optional()
        .orElse(null);
  }

  Past past(String flow, UUID lead) {
    return jdbc.sql(
            """
            select count(*) as times, max(decided_at) as last from flow_entry
            where flow = :flow and code is null and lead_id in
            """
                + FAMILY)
        .param("flow", flow)
        .param("lead", lead)
        .query((row, n) -> new Past(row.getInt("times"), instant(row)))
        .single();
  }

  void add(String flow, long instance, UUID lead, Instant now, Outcome outcome) {
    Outcome.@Nullable Refused refused = outcome instanceof Outcome.Refused no ? no : null;
    jdbc.sql(
            """
            insert into flow_entry (flow, instance_key, lead_id, decided_at, code, reason)
            values (:flow, :instance, :lead, :now, :code, :reason)
            """)
        .param("flow", flow)
        .param("instance", instance)
        .param("lead", lead)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("code", refused == null ? null : refused.code())
        .param("reason", refused == null ? null : refused.reason())
        .update();
  }

  private static Outcome outcome(ResultSet row, int n) throws SQLException {
    String code = row.getString("code");
    return code == null
        ? new Outcome.Entered()
        : new Outcome.Refused(code, row.getString("reason"));
  }

  private static @Nullable Instant instant(ResultSet row) throws SQLException {
    OffsetDateTime last = row.getObject("last", OffsetDateTime.class);
    return last == null ? null : last.toInstant();
  }
}
