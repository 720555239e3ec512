package io.ripen.engine.consents;

import io.ripen.engine.consents.Preferences.Topic;
import io.ripen.engine.links.TouchRef;
import io.ripen.engine.said.Said;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the page to choose shows, and the table {@code pause}. */
@Component
final class PreferencesJdbc {

  /** The address of whoever has the touch in hand, hashed; of other channels, the lead's. */
  private static final String READERS =
      """
      coalesce(
        (select sent_to from touch where key = :touch and touch.channel = c.channel), %s)
      """
          .formatted(Said.REACHED);

  private final JdbcClient jdbc;

  PreferencesJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * All that the lead ever said something of, and what comes by the touch's channel. A yes is for
   * one address: by the touch's channel that which it went to, else that which the lead has.
   */
  List<Topic> topics(TouchRef touch) {
    String channel = touch.channel();
    return jdbc.sql(
            LeadFamily.SQL
                + """
                select channel, purpose, coalesce((
                  select granted from consent c join lead l
                    on l.id in (select id from root where merged_into is null)
                  where lead_id in (select id from family)
                    and c.channel = asked.channel and c.purpose = asked.purpose
                    and %s
                  order by %s
                  limit 1), false) as granted
                from (
                  select channel, purpose from consent where lead_id in (select id from family)
                  union
                  select :channel::text, unnest(:offers::text[])) asked
                where purpose = any(:offers)
                order by channel <> :channel, channel, purpose
                """
                    .formatted(Said.isFor(READERS), Said.NEWEST))
        .param("lead", touch.leadId())
        .param("channel", channel)
        .param("offers", Purposes.OFFERS.toArray(String[]::new))
        .param("touch", touch.touch())
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
            LeadFamily.SQL
                + "select until_at from pause where lead_id in (select id from family)"
                + " order by until_at desc limit 1")
        .param("lead", leadId)
        .query((row, n) -> row.getTimestamp("until_at").toInstant())
        .optional();
  }

  /**
   * Keeps from when on the lead may be written to again.
   *
   * @param until null for from now on
   */
  void pause(UUID leadId, @Nullable OffsetDateTime until) {
    jdbc.sql(LeadFamily.SQL + "delete from pause where lead_id in (select id from family)")
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
}
