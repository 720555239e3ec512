package io.ripen.engine.splits;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pages need, for tests of theirs. */
public final class SplitsFixture {

  private SplitsFixture() {}

  public static SplitResults results(JdbcClient jdbc, Clock clock) {
    return new SplitResults(new ExperimentJdbc(jdbc), new CountJdbc(jdbc), clock);
  }
}
