package io.ripen.engine.touches;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The table {@code gate_decision}: every decision, so that anybody can see why. It is written by
 * the same statement that does to the touch what was decided.
 */
final class GateDecisions {

  /** What follows {@code with decided as (…)}, which returns the touch's key and its lead. */
  static final String RECORD =
      """
      insert into gate_decision (touch_key, lead_id, decided_at, verdict, code, reason)
      select key, lead_id, :decided, :verdict, :code, :reason from decided
      """;

  private GateDecisions() {}

  /** The parameters of {@link #RECORD}. */
  static StatementSpec record(StatementSpec statement, GateDecision decision, Instant now) {
    return statement
        .param("decided", now.atOffset(ZoneOffset.UTC))
        .param("verdict", decision.allowed() ? "allow" : "deny")
        .param("code", decision.code())
        .param("reason", decision.reason());
  }
}
