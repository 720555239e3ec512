package io.ripen.engine.consents;

import io.ripen.engine.events.Event;
import io.ripen.engine.privacy.KeyedHash;
import io.ripen.engine.said.Said;
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
            select purpose, granted, changed_at, address, proof,
              (proof -> 'import') is not null as imported,
              (proof -> 'by') is not null or (proof -> 'touch') is not null as shown
            from consent
            where lead_id in (select id from family) and channel = :channel)
          """;

  /** Whether a word is for the address that is asked about. */
  private static final String IS_FOR_IT = Said.isFor("md5(lower(:address))");

  private static final String[] OFFERS = Purposes.OFFERS.toArray(String[]::new);

  private static final String NEWEST =
      " c where purpose = :purpose order by " + Said.NEWEST + " limit 1";

  private static final String PERMISSION =
      WORDS
          + """
          , said as (select * from words c where %s),
          newest as (select * from said %s)
          select newest.granted, newest.changed_at, newest.imported, newest.shown,
            suppressed.reason, suppressed.since,
            (select max(until_at) from pause where lead_id in (select id from family)) as paused_until,
            case when :purpose = 'transactional' then (
              select max(changed_at) from said
              where granted and purpose <> 'confirmation' and not imported
                and (shown or :channel <> 'sms')) end as came_back_at
          from (values (1)) as one (n)
          left join newest on true
          left join (
            select reason, since from suppression
            where channel = :channel and address = any(:addresses) and purpose in (:purpose, 'all')
            order by reason = :unsubscribed, since desc
            limit 1) suppressed on true
          """
              .formatted(IS_FOR_IT, NEWEST);

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
        insert into consent as known
          (lead_id, channel, purpose, granted, changed_at, proof, address)
        select lead_id, channel, purpose, granted, changed_at, proof,
          case when granted and channel in ('email', 'sms') then coalesce((
            -- Whoever had the message in hand said it.
            select sent_to from touch
            where touch.channel = told.channel and key = case
              when proof ->> 'touch' ~ '^[0-9]{1,18}$' then (proof ->> 'touch')::bigint end),
            md5(lower(address))) end
        from (values (?::uuid, ?, ?, ?::boolean, ?::timestamptz, ?::jsonb, ?::text)) told
          (lead_id, channel, purpose, granted, changed_at, proof, address)
        where not exists (
          select from erased_lead e where e.lead_id = told.lead_id and e.erased_at is not null)
        on conflict (lead_id, channel, purpose, changed_at, granted) do update
        set address = excluded.address, proof = excluded.proof
        -- A list tells the same yes again, and by now another address.
        where (known.proof -> 'import') is not null and (excluded.proof -> 'import') is not null
          and excluded.address is not null and excluded.address is distinct from known.address
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
          row.setString(7, change.address());
        });
  }

  @Override
  public void bind(List<FirstAddress> addresses) {
    batch.batchUpdate(
        """
        update consent set address = md5(lower(?))
        where lead_id in (select ?::uuid union all select id from lead where merged_into = ?)
          and channel = ? and granted and address is null
        """,
        addresses,
        500,
        (row, first) -> {
          row.setString(1, first.address());
          row.setObject(2, first.leadId());
          row.setObject(3, first.leadId());
          row.setString(4, first.channel());
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

  private static Permission permission(ResultSet row, String channel, String purpose)
      throws SQLException {
    Timestamp changedAt = row.getTimestamp("changed_at");
    Newest newest =
        changedAt == null
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

  /**
   * The newest word of a lead, whatever address it is for: a new one has to come after it, and a no
   * is for all.
   */
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

  @Override
  public List<String> agreedBefore(UUID leadId, String channel, String address, Instant before) {
    return jdbc.sql(
            WORDS
                + """
                select purpose from (
                  select distinct on (purpose) purpose, granted from words c
                  where changed_at < :before and purpose = any(:offers)
                    and %s
                    and (granted or coalesce(proof ->> 'messageId', '') not like :inbound || '%%')
                  order by purpose, %s) last
                where granted order by purpose
                """
                    .formatted(IS_FOR_IT, Said.NEWEST))
        .param("lead", leadId)
        .param("channel", channel)
        .param("address", address)
        .param("before", utc(before))
        .param("inbound", Event.INBOUND)
        .param("offers", OFFERS)
        .query(String.class)
        .list();
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
