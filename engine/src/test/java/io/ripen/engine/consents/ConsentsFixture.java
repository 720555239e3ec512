package io.ripen.engine.consents;

import io.ripen.engine.privacy.PrivacyFixture;
import org.springframework.jdbc.core.JdbcTemplate;

/** Consents on real PostgreSQL, for tests of other packages. */
public final class ConsentsFixture {

  private ConsentsFixture() {}

  public static Consents consents(JdbcTemplate jdbc) {
    return new ConsentsJdbc(jdbc, PrivacyFixture.HASH);
  }
}
