package io.ripen.engine.providers;

import io.ripen.channels.LastHeard;
import io.ripen.engine.events.Event;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** By the events of whose contact it is. */
@Component
@Profile("workers")
final class LastHeardJdbc implements LastHeard {

  private static final String QUERY =
      """
      select max(e.occurred_at) from lead_identity i
      join lead l on l.id = i.lead_id
      join event e on e.lead_id in (
        select coalesce(l.merged_into, l.id)
        union all select id from lead where merged_into = coalesce(l.merged_into, l.id))
      where i.kind = 'anonymous' and i.value = ?
        and e.name in ('Message Replied', 'Chat Message Received')
        and e.properties ->> 'channel' = 'messenger'
      """;

  private final JdbcClient jdbc;

  LastHeardJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  @Override
  public Optional<Instant> lastHeardFrom(String address) {
    return jdbc.sql(QUERY)
        .param(Event.OURS + address)
        .query(
            (row, n) ->
                Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant))
        .single();
  }
}
