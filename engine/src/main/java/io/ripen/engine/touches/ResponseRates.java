package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What leads answer by, from the table {@code touch}. */
@Component
@Profile("workers")
final class ResponseRates {

  private final JdbcClient jdbc;

  ResponseRates(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /**
   * How much of what was sent to the lead by each channel they answered: followed a link or wrote
   * back. One of two is added, so that a single message decides little.
   *
   * @param leadId the lead itself, after every merge
   */
  Map<Medium, Double> of(UUID leadId, Instant since) {
    Map<Medium, Double> rates = new EnumMap<>(Medium.class);
    jdbc.sql(
            """
            select channel, (count(*) filter (where clicked_at is not null or replied_at is not null)
              + 1.0) / (count(*) + 2) as rate
            from touch
            where lead_id in (select :lead union all select id from lead where merged_into = :lead)
              and handed_over_at > :since
            group by channel
            """)
        .param("lead", leadId)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(
            row -> {
              rates.put(
                  Objects.requireNonNull(Medium.named(row.getString("channel"))),
                  row.getDouble("rate"));
            });
    return rates;
  }
}
