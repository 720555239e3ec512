package io.ripen.engine.privacy;

import java.time.Clock;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erasures on real PostgreSQL, for tests of other packages; no flow runs, and Kafka is asked
 * nothing.
 */
public final class PrivacyFixture {

  public static final KeyedHash HASH = new KeyedHash("a secret of tests");

  private PrivacyFixture() {}

  public static Erased erased(JdbcClient jdbc) {
    return new ErasedJdbc(jdbc, HASH);
  }

  /** Erases a person, all steps. */
  public static void erase(DataSource database, Clock clock, UUID lead) {
    ErasePeople erase = new ErasureWorld(database, clock).erase;
    erase.finish(erase.begin(lead, "a test").orElseThrow().id());
  }
}
