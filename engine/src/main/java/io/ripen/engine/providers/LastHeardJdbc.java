package io.ripen.engine.providers;

import io.ripen.channels.LastHeard;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** By the events of what was written from that very contact, whosever it is now. */
@Component
@Profile("workers")
final class LastHeardJdbc implements LastHeard {

  private static final String QUERY =
      """
      select max(occurred_at) from event
      where message_id like 'ripen:in.%' and properties ->> 'contact' = md5(lower(?))
        and name in ('Message Replied', 'Chat Message Received', 'Help Asked')
      """;

  private final JdbcClient jdbc;

  LastHeardJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  @Override
  public Optional<Instant> lastHeardFrom(String address) {
    return jdbc.sql(QUERY)
        .param(address)
        .query(
            (row, n) ->
                Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant))
        .single();
  }
}
