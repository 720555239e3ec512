package io.ripen.engine.sales;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pages need, for tests of theirs. */
public final class SalesFixture {

  private SalesFixture() {}

  public static Handoffs handoffs(JdbcClient jdbc, Clock clock) {
    return new Handoffs(new HandoffJdbc(jdbc), clock);
  }

  public static Salespeople salespeople(JdbcClient jdbc, Clock clock) {
    return new Salespeople(jdbc, clock);
  }
}
