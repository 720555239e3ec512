package io.ripen.engine.inbound;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code listening}: when each channel was heard last, whichever engine listens. By the
 * database's clock, which all engines share.
 */
@Component
@Profile("engine")
final class ListeningJdbc {

  private final JdbcClient jdbc;

  ListeningJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All that came in by now is kept. */
  void heard(String channel) {
    jdbc.sql(
            """
            insert into listening (channel, heard_at) values (?, now())
            on conflict (channel) do update set heard_at = now(), problem = null
            """)
        .param(channel)
        .update();
  }

  /**
   * It cannot be heard now. If it never was, the time counts from here.
   *
   * @param problem free of secrets and of personal data
   */
  void failed(String channel, String problem) {
    jdbc.sql(
            """
            insert into listening (channel, heard_at, problem) values (?, now(), ?)
            on conflict (channel) do update set problem = excluded.problem
              where listening.problem is distinct from excluded.problem
            """)
        .params(channel, problem)
        .update();
  }

  /** Empty before the first try. */
  Optional<Heard> of(String channel) {
    return jdbc.sql(
            """
            select heard_at, extract(epoch from now() - heard_at) as age, problem from listening
            where channel = ?
            """)
        .param(channel)
        .query(ListeningJdbc::heard)
        .optional();
  }

  private static Heard heard(ResultSet row, int number) throws SQLException {
    BigDecimal seconds = row.getBigDecimal("age");
    return new Heard(
        row.getObject("heard_at", OffsetDateTime.class).toInstant(),
        Duration.ofSeconds(seconds.longValue()),
        row.getString("problem"));
  }

  /**
   * When a channel was heard last.
   *
   * @param age since then
   * @param problem why the last try failed, if it did
   */
  record Heard(Instant at, Duration age, @Nullable String problem) {}
}
