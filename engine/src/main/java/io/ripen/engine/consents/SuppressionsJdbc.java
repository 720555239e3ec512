package io.ripen.engine.consents;

import io.ripen.engine.privacy.KeyedHash;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code suppression}. */
@Component
final class SuppressionsJdbc implements Suppressions {

  private final JdbcClient jdbc;
  private final Spellings spellings;

  SuppressionsJdbc(JdbcTemplate jdbc, KeyedHash hash) {
    this.jdbc = JdbcClient.create(jdbc);
    this.spellings = new Spellings(hash);
  }

  @Override
  public void suppress(
      String channel, String address, String purpose, String reason, Instant since) {
    jdbc.sql(
            """
            insert into suppression (channel, address, purpose, reason, since)
            values (?, ?, ?, ?, ?)
            on conflict (channel, address, purpose, reason) do update
            set since = greatest(suppression.since, excluded.since)
            """)
        .params(channel, Spellings.normal(address), purpose, reason, utc(since))
        .update();
  }

  @Override
  public Optional<Instant> lift(String channel, String address, String reason, Instant at) {
    return jdbc.sql(
            """
            with lifted as (
              delete from suppression
              where channel = ? and address = any(?) and reason = ? and since <= ?
              returning purpose, since)
            select since from lifted where purpose = 'all' order by since desc limit 1
            """)
        .params(channel, spellings.of(channel, address), reason, utc(at))
        .query((row, n) -> row.getTimestamp("since").toInstant())
        .optional();
  }

  /** Why nobody may write to this address for this purpose, the gravest reason first. */
  Optional<Permission.Suppressed> closed(String channel, String address, String purpose) {
    return jdbc.sql(
            """
            select reason, since from suppression
            where channel = ? and address = any(?) and purpose in (?, 'all')
            order by reason = 'unsubscribed', since desc
            limit 1
            """)
        .params(channel, spellings.of(channel, address), purpose)
        .query(
            (row, n) ->
                new Permission.Suppressed(
                    row.getString("reason"), row.getTimestamp("since").toInstant()))
        .optional();
  }

  /** Keeps everybody from writing to the lead's address, whoever else it belongs to. */
  void suppressAddressOf(UUID leadId, String channel, String purpose, Instant since) {
    jdbc.sql(
            LeadFamily.SQL
                + """
                insert into suppression (channel, address, purpose, reason, since)
                select :channel, lower(trim(address)), :purpose, :unsubscribed, :since
                from (
                  select case :channel
                    when 'email' then email
                    when 'sms' then phone
                    when 'messenger' then coalesce(
                      'telegram:' || nullif(trim(traits ->> 'telegram'), ''),
                      'whatsapp:' || nullif(trim(traits ->> 'whatsapp'), ''),
                      'messenger:' || nullif(trim(traits ->> 'messenger'), ''))
                    end as address
                  from lead where id in (select id from root where merged_into is null)) lead
                where address is not null
                on conflict (channel, address, purpose, reason) do update
                set since = excluded.since
                """)
        .param("lead", leadId)
        .param("channel", channel)
        .param("purpose", purpose)
        .param("unsubscribed", UNSUBSCRIBED)
        .param("since", utc(since))
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
