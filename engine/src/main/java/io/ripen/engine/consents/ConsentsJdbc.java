package io.ripen.engine.consents;

import io.ripen.engine.consents.Preferences.Topic;
import io.ripen.engine.privacy.KeyedHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code consent} and {@code suppression}. */
@Component
final class ConsentsJdbc implements Consents, Suppressions {

  /** The lead that this id means today, and all that were merged into it. */
  static final String FAMILY =
      """
      with recursive root (id, merged_into) as (
        select id, merged_into from lead where id = :lead
        union
        select l.id, l.merged_into from lead l join root r on l.id = r.merged_into
      ), family (id) as (
        select :lead
        union
        select id from root
        union
        select l.id from lead l join family f on l.merged_into = f.id
      )
      """;

  /**
   * The newest word of a family; of two at the same time, the no. What a list of contacts says of
   * them counts only where they have said nothing themselves, whenever it was imported.
   */
  private static final String NEWEST =
      """
      select granted, changed_at, (proof -> 'import') is not null as imported,
        (proof -> 'by') is not null or (proof -> 'touch') is not null as shown,
        case when proof ->> 'touch' ~ '^[0-9]{1,18}$' then (proof ->> 'touch')::bigint end as asked
      from consent
      where lead_id in (select id from family) and channel = :channel and purpose = :purpose
      order by (proof -> 'import') is not null, changed_at desc, granted
      limit 1
      """;

  private static final String PERMISSION =
      FAMILY
          + """
          select newest.granted, newest.changed_at, newest.imported, newest.shown,
            suppressed.reason, suppressed.since,
            :channel = 'sms' and newest.granted and exists (
              select from touch where key = newest.asked and touch.channel = 'sms'
                and sent_to <> md5(lower(:address))) as of_another_number,
            (select max(until_at) from pause where lead_id in (select id from family)) as paused_until,
            case when :purpose = 'transactional' then (
              select max(changed_at) from consent
              where lead_id in (select id from family) and channel = :channel and granted
                and purpose <> 'confirmation' and (proof -> 'import') is null
                and (:channel <> 'sms' or (proof -> 'by') is not null or (proof -> 'touch') is not null)
                and not (:channel = 'sms' and exists (
                  select from touch where touch.channel = 'sms' and sent_to <> md5(lower(:address))
                    and key = case when proof ->> 'touch' ~ '^[0-9]{1,18}$'
                      then (proof ->> 'touch')::bigint end))
              ) end as came_back_at
          from (values (1)) as one (n)
          left join (%s) newest on true
          left join (
            select reason, since from suppression
            where channel = :channel and address = any(:addresses) and purpose in (:purpose, 'all')
            order by reason = :unsubscribed, since desc
            limit 1) suppressed on true
          """
              .formatted(NEWEST);

  private final JdbcTemplate batch;
  private final JdbcClient jdbc;
  private final KeyedHash hash;

  ConsentsJdbc(JdbcTemplate jdbc, KeyedHash hash) {
    this.hash = hash;
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
        .param("addresses", spellings(channel, address))
        .param("unsubscribed", UNSUBSCRIBED)
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
    if (newest == null) {
      return purpose.equals(Purposes.TRANSACTIONAL)
          ? new Permission.Granted()
          : new Permission.NeverGiven();
    }
    Timestamp paused = row.getTimestamp("paused_until");
    return newest.granted()
        ? new Permission.Granted(paused == null ? null : instant(paused))
        : new Permission.Withdrawn(newest.at());
  }

  /**
   * Who says yes after they unsubscribed wants to be written to again; a list cannot say it. A yes
   * to anything by a channel that was closed as a whole opens it for what needs no yes, too.
   */
  private static boolean isLifted(
      Permission.Suppressed suppressed, @Nullable Newest newest, @Nullable Timestamp cameBack) {
    if (!suppressed.reason().equals(UNSUBSCRIBED)) {
      return false;
    }
    boolean saysYes =
        newest != null
            && newest.granted()
            && !newest.imported()
            && newest.at().isAfter(suppressed.since());
    return saysYes || (cameBack != null && instant(cameBack).isAfter(suppressed.since()));
  }

  /** All that the lead ever said something of, and what comes by this channel. */
  List<Topic> topics(UUID leadId, String channel) {
    return jdbc.sql(
            FAMILY
                + """
                select channel, purpose, coalesce((
                  select granted from consent c
                  where lead_id in (select id from family)
                    and c.channel = asked.channel and c.purpose = asked.purpose
                  order by (proof -> 'import') is not null, changed_at desc, granted
                  limit 1), false) as granted
                from (
                  select channel, purpose from consent where lead_id in (select id from family)
                  union
                  values (:channel, 'marketing'), (:channel, 'newsletter')) asked
                where purpose in ('marketing', 'newsletter')
                order by channel <> :channel, channel, purpose
                """)
        .param("lead", leadId)
        .param("channel", channel)
        .query(
            (row, n) -> {
              boolean granted = row.getBoolean("granted");
              String by = row.getString("channel");
              return new Topic(
                  by, row.getString("purpose"), granted, granted || by.equals(channel));
            })
        .list();
  }

  /** Until when the lead wants nothing; may be over. */
  Optional<Instant> pausedUntil(UUID leadId) {
    return jdbc.sql(
            FAMILY
                + "select until_at from pause where lead_id in (select id from family)"
                + " order by until_at desc limit 1")
        .param("lead", leadId)
        .query((row, n) -> instant(row.getTimestamp("until_at")))
        .optional();
  }

  /**
   * Keeps from when on the lead may be written to again.
   *
   * @param until null for from now on
   */
  void pause(UUID leadId, @Nullable OffsetDateTime until) {
    jdbc.sql(FAMILY + "delete from pause where lead_id in (select id from family)")
        .param("lead", leadId)
        .update();
    if (until != null) {
      jdbc.sql("insert into pause (lead_id, until_at) values (?, ?)")
          .params(leadId, until)
          .update();
    }
  }

  /** The language and time zone of a lead, as far as they are known. */
  record Place(@Nullable String language, @Nullable String zone) {}

  Place place(UUID leadId) {
    return jdbc.sql(
            "select locale, time_zone from lead"
                + " where id = (select coalesce(merged_into, id) from lead where id = ?)")
        .param(leadId)
        .query(
            (row, n) -> {
              String locale = row.getString("locale");
              return new Place(
                  locale == null ? null : Locale.forLanguageTag(locale).getLanguage(),
                  row.getString("time_zone"));
            })
        .optional()
        .orElse(new Place(null, null));
  }

  /** The newest word of a lead. */
  Optional<Newest> newest(UUID leadId, String channel, String purpose) {
    return jdbc.sql(FAMILY + NEWEST)
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

  @Override
  public void suppress(
      String channel, String address, String purpose, String reason, Instant since) {
    jdbc.sql(
            """
            insert into suppression (channel, address, purpose, reason, since)
            values (?, ?, ?, ?, ?)
            on conflict (channel, address, purpose) do update
            set reason = excluded.reason, since = greatest(suppression.since, excluded.since)
            where suppression.reason = 'unsubscribed'
            """)
        .params(channel, normal(address), purpose, reason, utc(since))
        .update();
  }

  @Override
  public boolean lift(String channel, String address, String reason, Instant at) {
    return jdbc.sql(
                """
                delete from suppression
                where channel = ? and address = any(?) and reason = ? and since <= ?
                """)
            .params(channel, spellings(channel, address), reason, utc(at))
            .update()
        > 0;
  }

  /** As it is kept, and as it is of somebody who was erased. */
  private String[] spellings(String channel, String address) {
    String normal = normal(address);
    return new String[] {normal, hash.ofAddress(channel, normal)};
  }

  private static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  /** Keeps everybody from writing to the lead's address, whoever else it belongs to. */
  void suppressAddressOf(UUID leadId, String channel, String purpose, Instant since) {
    jdbc.sql(
            FAMILY
                + """
                insert into suppression (channel, address, purpose, reason, since)
                select :channel, lower(trim(address)), :purpose, :unsubscribed, :since
                from (
                  select case :channel
                    when 'email' then email
                    when 'sms' then phone
                    when 'messenger' then coalesce(
                      'telegram:' || (traits ->> 'telegram'), 'whatsapp:' || (traits ->> 'whatsapp'))
                    end as address
                  from lead where id in (select id from root where merged_into is null)) lead
                where address is not null
                on conflict (channel, address, purpose) do update set since = excluded.since
                where suppression.reason = :unsubscribed
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
