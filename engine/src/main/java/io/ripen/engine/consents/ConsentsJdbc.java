package io.ripen.engine.consents;

import io.ripen.engine.privacy.KeyedHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code consent}, and what it allows together with {@code suppression}. */
@Component
final class ConsentsJdbc implements Consents {

  /** What a family ever said of a channel, and how each word is known. */
  private static final String WORDS =
      LeadFamily.SQL
          + """
          , words as (
            select purpose, granted, changed_at, (proof -> 'import') is not null as imported,
              (proof -> 'by') is not null or (proof -> 'touch') is not null as shown,
              case when proof ->> 'touch' ~ '^[0-9]{1,18}$' then (proof ->> 'touch')::bigint end as asked
            from consent
            where lead_id in (select id from family) and channel = :channel)
          """;

  /**
   * Of what they said of one purpose, the newest; of two at the same time, the no. What a list of
   * contacts says of them counts only where they have said nothing themselves, whenever it was
   * imported.
   */
  private static final String NEWEST =
      " where purpose = :purpose order by imported, changed_at desc, granted limit 1";

  private static final String PERMISSION =
      WORDS
          + """
          , said as (
            -- A yes to texts is the number's that it came from.
            -- As one value, by key: for exists, PostgreSQL may read all touches and hash them.
            select *, :channel = 'sms' and granted and coalesce((
              select sent_to <> md5(lower(:address)) from touch
              where key = asked and channel = 'sms'), false) as of_another_number
            from words),
          newest as (select * from said %s)
          select newest.granted, newest.changed_at, newest.imported, newest.shown,
            newest.of_another_number, suppressed.reason, suppressed.since,
            (select max(until_at) from pause where lead_id in (select id from family)) as paused_until,
            case when :purpose = 'transactional' then (
              select max(changed_at) from said
              where granted and purpose <> 'confirmation' and not imported
                and (shown or :channel <> 'sms') and not of_another_number) end as came_back_at
          from (values (1)) as one (n)
          left join newest on true
          left join (
            select reason, since from suppression
            where channel = :channel and address = any(:addresses) and purpose in (:purpose, 'all')
            order by reason = :unsubscribed, since desc
            limit 1) suppressed on true
          """
              .formatted(NEWEST);

  private final JdbcTemplate batch;
  private final JdbcClient jdbc;
  private final Spellings spellings;

  ConsentsJdbc(JdbcTemplate jdbc, KeyedHash hash) {
    this.spellings = new Spellings(hash);
    this.batch = jdbc;
    this.jdbc = JdbcClient.create(jdbc);
  }

  @Override
  public void record(List<ConsentChange> changes) {
    batch.batchUpdate(
        """
        insert into consent (lead_id, channel, purpose, granted, changed_at, proof)
        select told.* from (values (?::uuid, ?, ?, ?::boolean, ?::timestamptz, ?::jsonb)) told (lead_id)
        where not exists (
          select from erased_lead e where e.lead_id = told.lead_id and e.erased_at is not null)
        on conflict do nothing
        """,
        changes,
        500,
        (row, change) -> {
          row.setObject(1, change.leadId());
          row.setString(2, change.channel());
          row.setString(3, change.purpose());
          row.setBoolean(4, change.granted());
          row.setObject(5, utc(change.at()));
          row.setString(6, change.proof().toString());
        });
  }

  @Override
  public Permission permission(UUID leadId, String channel, String purpose, String address) {
    return jdbc.sql(PERMISSION)
        .param("lead", leadId)
        .param("channel", channel)
        .param("purpose", purpose)
        .param("address", address)
        .param("addresses", spellings.of(channel, address))
        .param("unsubscribed", Suppressions.UNSUBSCRIBED)
        .query((row, n) -> permission(row, channel, purpose))
        .single();
  }

  /** Who had another number when they agreed has not agreed for this one. */
  private static Permission permission(ResultSet row, String channel, String purpose)
      throws SQLException {
    Timestamp changedAt = row.getTimestamp("changed_at");
    Newest newest =
        changedAt == null || row.getBoolean("of_another_number")
            ? null
            : new Newest(row.getBoolean("granted"), instant(changedAt), row.getBoolean("imported"));
    String reason = row.getString("reason");
    if (reason != null) {
      var suppressed = new Permission.Suppressed(reason, instant(row.getTimestamp("since")));
      // A text message's yes has to come from the number itself: anybody may type it in.
      boolean counts =
          !channel.equals("sms")
              || purpose.equals(Purposes.CONFIRMATION)
              || row.getBoolean("shown");
      if (!isLifted(suppressed, counts ? newest : null, row.getTimestamp("came_back_at"))) {
        return suppressed;
      }
    }
    Timestamp paused = row.getTimestamp("paused_until");
    Instant pausedUntil = paused == null ? null : instant(paused);
    if (newest == null) {
      return purpose.equals(Purposes.TRANSACTIONAL)
          ? new Permission.Granted()
          : new Permission.NeverGiven(pausedUntil);
    }
    return newest.granted()
        ? new Permission.Granted(pausedUntil)
        : new Permission.Withdrawn(newest.at());
  }

  /**
   * Who says yes after they unsubscribed wants to be written to again; a list cannot say it. A yes
   * to anything by a channel that was closed as a whole opens it for what needs no yes, too.
   */
  private static boolean isLifted(
      Permission.Suppressed suppressed, @Nullable Newest newest, @Nullable Timestamp cameBack) {
    if (!suppressed.reason().equals(Suppressions.UNSUBSCRIBED)) {
      return false;
    }
    boolean saysYes =
        newest != null
            && newest.granted()
            && !newest.imported()
            && newest.at().isAfter(suppressed.since());
    return saysYes || (cameBack != null && instant(cameBack).isAfter(suppressed.since()));
  }

  /** The newest word of a lead. */
  Optional<Newest> newest(UUID leadId, String channel, String purpose) {
    return jdbc.sql(WORDS + "select * from words" + NEWEST)
        .param("lead", leadId)
        .param("channel", channel)
        .param("purpose", purpose)
        .query(
            (row, n) ->
                new Newest(
                    row.getBoolean("granted"),
                    instant(row.getTimestamp("changed_at")),
                    row.getBoolean("imported")))
        .optional();
  }

  /** When they themselves last said no. */
  Optional<Instant> lastNo(UUID leadId, String channel, String purpose) {
    return jdbc.sql(
            WORDS
                + """
                select changed_at from words
                where purpose = :purpose and not granted and not imported
                order by changed_at desc limit 1
                """)
        .param("lead", leadId)
        .param("channel", channel)
        .param("purpose", purpose)
        .query((row, n) -> instant(row.getTimestamp("changed_at")))
        .optional();
  }

  @Override
  public boolean isRefused(String channel, String address) {
    return jdbc.sql(
            """
            select exists (
              select from suppression
              where channel = ? and address = any(?) and purpose = ? and reason = ?)
            """)
        .params(
            channel, spellings.of(channel, address), Suppressions.ALL, Suppressions.UNSUBSCRIBED)
        .query(Boolean.class)
        .single();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(Timestamp timestamp) {
    return timestamp.toInstant();
  }

  /**
   * A lead's newest word on one channel and purpose.
   *
   * @param imported whether only a list of contacts says so
   */
  record Newest(boolean granted, Instant at, boolean imported) {}
}
