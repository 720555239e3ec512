package io.ripen.engine.flows;

import org.springframework.jdbc.core.JdbcTemplate;

/** What other features' tests need of this one. */
public final class FlowsFixture {

  private FlowsFixture() {}

  public static JobTypes jobTypes(JdbcTemplate jdbc) {
    return new JobTypes(new FlowsJdbc(jdbc));
  }

  public static FlowStarts flowStarts(JdbcTemplate jdbc) {
    return new FlowStarts(new FlowsJdbc(jdbc));
  }

  public static FlowGoals flowGoals(JdbcTemplate jdbc) {
    return new FlowGoals(new FlowsJdbc(jdbc));
  }
}
