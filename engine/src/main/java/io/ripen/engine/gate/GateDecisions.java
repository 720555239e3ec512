package io.ripen.engine.gate;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The table {@code gate_decision}: every decision, so that anybody can see why. It is written by
 * the same statement that does to the touch what was decided.
 */
public final class GateDecisions {

  /** What follows {@code with decided as (…)}, which returns the touch's key and its lead. */
  public static final String RECORD =
      """
      insert into gate_decision (touch_key, lead_id, decided_at, verdict, code, reason, until_at)
      select key, lead_id, :decided, :verdict, :code, :reason, :until::timestamptz from decided
      """;

  private GateDecisions() {}

  /** The parameters of {@link #RECORD}. */
  public static StatementSpec record(StatementSpec statement, GateDecision decision, Instant now) {
    Instant until = decision.askAgain();
    return statement
        .param("decided", now.atOffset(ZoneOffset.UTC))
        .param("verdict", decision.verdict())
        .param("code", decision.code())
        .param("reason", decision.reason())
        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC));
  }
}
