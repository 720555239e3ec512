package io.ripen.engine.touches;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code gate_decision}: every decision, so that anybody can see why. */
@Component
final class GateDecisions {

  private final JdbcClient jdbc;

  GateDecisions(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  void record(Touch touch, GateDecision decision, Instant now) {
    jdbc.sql(
            """
            insert into gate_decision (touch_key, lead_id, decided_at, verdict, code, reason)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            touch.key(),
            touch.leadId(),
            now.atOffset(ZoneOffset.UTC),
            decision.allowed() ? "allow" : "deny",
            decision.code(),
            decision.reason())
        .update();
  }
}
