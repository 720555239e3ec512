package io.ripen.engine.gate;

import io.ripen.engine.gate.OtherTouch.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the table {@code touch}. A claim counts a little longer than it is good, so that of two
 * workers who look at the same moment at least one sees the other's.
 */
@Component
@Profile("workers")
final class OtherTouchesJdbc implements OtherTouches {

  private static final String COUNTED =
      """
      select key, channel, priority, coalesce(handed_over_at, deferred_until, :now) as at,
        case when handed_over_at is not null then 'SENT'
          when state = 'claimed' then 'UNDER_WAY' else 'WAITING' end as standing
      from touch
      where key <> :key and purpose not in ('transactional', 'confirmation')
        and (handed_over_at > :since
          or state = 'claimed' and claimed_until > clock_timestamp() - interval '5 seconds'
          or state = 'planned' and deferred_until > :since)
      """;

  /** Where it is to go stands in a touch only once it went out; until then, with its lead. */
  private static final String QUERY =
      COUNTED
          + "and lead_id in (select :lead union all select id from lead where merged_into = :lead)"
          + " union "
          + COUNTED
          + "and channel = :channel and sent_to = md5(lower(:address))"
          + " union "
          + COUNTED
          + """
          and channel = :channel and lead_id in (
            select id from lead
            where :channel = 'email' and lower(email) = lower(:address) and merged_into is null
            union all
            select id from lead
            where :channel = 'sms' and phone = :address and merged_into is null)
          """;

  private final JdbcClient jdbc;

  OtherTouchesJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  @Override
  public List<OtherTouch> of(
      UUID leadId, Medium medium, String address, long key, Instant since, Instant now) {
    return jdbc.sql(QUERY)
        .param("lead", leadId)
        .param("channel", medium.lower())
        .param("address", address)
        .param("key", key)
        .param("now", utc(now))
        .param("since", utc(since))
        .query(OtherTouchesJdbc::touch)
        .list();
  }

  @Override
  public List<Instant> transactional(
      UUID leadId, Medium medium, long key, Instant since, Instant now) {
    return jdbc
        .sql(
            """
            select coalesce(handed_over_at, :now) from touch
            where lead_id in (select :lead union all select id from lead where merged_into = :lead)
              and key <> :key and purpose = 'transactional' and channel = :channel
              and (handed_over_at > :since
                or state = 'claimed' and claimed_until > clock_timestamp() - interval '5 seconds')
            """)
        .param("lead", leadId)
        .param("channel", medium.lower())
        .param("key", key)
        .param("now", utc(now))
        .param("since", utc(since))
        .query(OffsetDateTime.class)
        .list()
        .stream()
        .map(OffsetDateTime::toInstant)
        .toList();
  }

  @Override
  public int confirmations(Medium medium, String address, long key, Instant since) {
    return jdbc.sql(
            """
            select count(*) from touch
            where purpose = 'confirmation' and sent_to = md5(lower(:address)) and channel = :channel
              and key <> :key and handed_over_at > :since
            """)
        .param("address", address)
        .param("channel", medium.lower())
        .param("key", key)
        .param("since", utc(since))
        .query(Integer.class)
        .single();
  }

  private static OtherTouch touch(ResultSet row, int n) throws SQLException {
    return new OtherTouch(
        Objects.requireNonNull(Medium.named(row.getString("channel"))),
        Standing.valueOf(row.getString("standing")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        Objects.requireNonNull(Priority.named(row.getString("priority"))));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
