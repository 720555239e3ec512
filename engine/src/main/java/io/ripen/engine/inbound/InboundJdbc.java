package io.ripen.engine.inbound;

import io.ripen.engine.links.TouchRef;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows what came in before, and finds whose it is and which touch it is about. */
@Component
@Profile("engine")
final class InboundJdbc {

  private static final String TOUCH =
      "select key, lead_id, channel, purpose, flow, element_id from touch ";

  private final JdbcClient jdbc;

  InboundJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes that this came in, in the caller's transaction: who tells it meanwhile as well waits for
   * the end of that.
   *
   * @param id as in {@link io.ripen.channels.Inbound#id()}
   * @return false where it came in before
   */
  boolean isFirst(String id) {
    return jdbc.sql(
                """
                insert into inbound_seen (id, seen_at) values (sha256(convert_to(?, 'UTF8')), now())
                on conflict do nothing
                """)
            .param(id)
            .update()
        == 1;
  }

  /** The touch that the provider has under this id. */
  Optional<TouchRef> byProvider(@Nullable String providerId) {
    return providerId == null
        ? Optional.empty()
        : jdbc.sql(TOUCH + "where provider_id = ? order by planned_at desc limit 1")
            .param(providerId)
            .query(InboundJdbc::touch)
            .optional();
  }

  /** The touch of one of our own ids: its key, a dot, and its lead. */
  Optional<TouchRef> byMessage(@Nullable String messageId) {
    int dot = messageId == null ? -1 : messageId.indexOf('.');
    if (messageId == null || dot < 0) {
      return Optional.empty();
    }
    try {
      return byKey(
          Long.parseLong(messageId.substring(0, dot)),
          UUID.fromString(messageId.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<TouchRef> byKey(long key, UUID leadId) {
    return jdbc.sql(TOUCH + "where key = ? and lead_id = ?")
        .params(key, leadId)
        .query(InboundJdbc::touch)
        .optional();
  }

  /**
   * What the lead was sent last by this channel, unless a person has written to them there since.
   */
  Optional<TouchRef> latest(UUID leadId, String channel, Instant since) {
    return jdbc.sql(
            TOUCH
                + """
                where lead_id in (
                    select :lead union all select id from lead where merged_into = :lead)
                  and channel = :channel and handed_over_at > :since
                  and not exists (
                    select from onsite_message by_person
                    where :channel = 'chat' and author = 'person'
                      and by_person.lead_id in (
                        select :lead union all select id from lead where merged_into = :lead)
                      and by_person.created_at > touch.handed_over_at)
                order by handed_over_at desc limit 1
                """)
        .param("lead", leadId)
        .param("channel", channel)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(InboundJdbc::touch)
        .optional();
  }

  /** What asked last whoever has this number to confirm, of a lead who has it still. */
  Optional<TouchRef> askedToConfirm(String phone, Instant since) {
    return jdbc.sql(
            TOUCH
                + """
                t where purpose = 'confirmation' and channel = 'sms'
                  and sent_to = md5(lower(:phone)) and handed_over_at > :since
                  and exists (
                    select from lead asked join lead on lead.id = coalesce(asked.merged_into, asked.id)
                    where asked.id = t.lead_id and lead.phone = :phone)
                  -- A yes to something that was sent later is no answer to this.
                  and not exists (
                    select from touch later
                    where later.lead_id in (
                        select id from lead where phone = :phone
                        union
                        select old.id from lead old join lead on old.merged_into = lead.id
                        where lead.phone = :phone)
                      and later.channel = 'sms' and later.purpose <> 'confirmation'
                      and later.handed_over_at > t.handed_over_at)
                order by handed_over_at desc limit 1
                """)
        .param("phone", phone)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query(InboundJdbc::touch)
        .optional();
  }

  /** Who was seen last of those with this telephone number, as in E.164. */
  Optional<UUID> withPhone(String phone) {
    return newest("phone = ?", phone);
  }

  /** Who was seen last of those with this e-mail address. */
  Optional<UUID> withEmail(String email) {
    return newest("lower(email) = lower(?)", email);
  }

  /** Who goes by this id of a browser or of a contact in a messenger. */
  Optional<UUID> withAnonymousId(String id) {
    return jdbc.sql("select lead_id from lead_identity where kind = 'anonymous' and value = ?")
        .param(id)
        .query(UUID.class)
        .optional();
  }

  private Optional<UUID> newest(String condition, String value) {
    return jdbc.sql(
            "select id from lead where merged_into is null and "
                + condition
                + " order by last_seen_at desc limit 1")
        .param(value)
        .query(UUID.class)
        .optional();
  }

  /** The e-mail address that a touch went to, if its lead has it still. */
  Optional<String> emailOf(long key) {
    return jdbc.sql(
            """
            select email from touch
              join lead on lead.id = touch.lead_id
                or lead.id = (select merged_into from lead where id = touch.lead_id)
            where key = ? and sent_to = md5(lower(email))
            limit 1
            """)
        .param(key)
        .query(String.class)
        .optional();
  }

  /** Keeps what the provider calls it, where the answer that would have told was lost. */
  void called(long key, String providerId) {
    jdbc.sql("update touch set provider_id = ? where key = ? and provider_id is null")
        .params(providerId, key)
        .update();
  }

  /** Keeps what a touch cost; the provider's last word counts. */
  void cost(long key, BigDecimal price, String currency) {
    jdbc.sql("update touch set cost = ?, cost_currency = ? where key = ?")
        .params(price, currency, key)
        .update();
  }

  private static TouchRef touch(ResultSet row, int n) throws SQLException {
    return new TouchRef(
        row.getLong("key"),
        row.getObject("lead_id", UUID.class),
        row.getString("channel"),
        row.getString("purpose"),
        row.getString("flow"),
        row.getString("element_id"));
  }
}
