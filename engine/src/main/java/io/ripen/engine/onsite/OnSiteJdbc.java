package io.ripen.engine.onsite;

import io.ripen.channels.ShortMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table {@code onsite_message}. Each new row is announced to all engines when it is committed.
 */
@Component
final class OnSiteJdbc {

  /** Where new rows are announced, by lead and id. */
  static final String TOPIC = "ripen_onsite";

  private static final String ADD =
      """
      with added as (
        insert into onsite_message (lead_id, kind, author, name, browser, message_id, title, text, buttons,
          look, created_at, expires_at)
        values (:lead, :kind, :author, :name, :browser, :message, :title, :text, :buttons::jsonb,
          :look::jsonb, :now, :expires::timestamptz)
        on conflict (message_id) do nothing
        returning id, lead_id)
      select id from added, lateral pg_notify('ripen_onsite', lead_id || ':' || id)
      """;

  /** Everybody that this lead was and is. */
  private static final String FAMILY =
      """
      with recursive root (id, merged_into) as (
        select id, merged_into from lead where id = :lead
        union
        select l.id, l.merged_into from lead l join root r on l.id = r.merged_into
      ), family (id) as (
        select id from root
        union
        select l.id from lead l join family f on l.merged_into = f.id
      )
      """;

  private final JdbcClient jdbc;

  OnSiteJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /**
   * Keeps what a flow shows; once, however often it is asked.
   *
   * @param expiresAt when it is not shown any more
   */
  void add(UUID leadId, String kind, ShortMessage message, Instant now, Instant expiresAt) {
    add(leadId, kind, "flow", message.id(), message.text(), now)
        .param("name", null)
        .param("browser", null)
        .param("title", message.title())
        .param("buttons", JsonMapper.shared().writeValueAsString(message.buttons()))
        .param("look", JsonMapper.shared().writeValueAsString(message.look()))
        .param("expires", utc(expiresAt))
        .query(Long.class)
        .optional();
  }

  /**
   * Keeps what a visitor wrote; once, however often it comes.
   *
   * @return whether it is new
   */
  boolean ask(UUID leadId, String browser, String messageId, String text, Instant now) {
    return say(
        add(leadId, "chat", "visitor", messageId, text, now)
            .param("name", null)
            .param("browser", browser));
  }

  /** Keeps what a person answered; once, however often it comes. */
  void answer(UUID leadId, String name, String messageId, String text, Instant now) {
    boolean unused =
        say(
            add(leadId, "chat", "person", messageId, text, now)
                .param("name", name)
                .param("browser", null));
  }

  private static boolean say(StatementSpec line) {
    return line.param("title", "")
        .param("buttons", "[]")
        .param("look", "{}")
        .param("expires", null)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  private StatementSpec add(
      UUID leadId, String kind, String author, String messageId, String text, Instant now) {
    return jdbc.sql(ADD)
        .param("lead", leadId)
        .param("kind", kind)
        .param("author", author)
        .param("message", messageId)
        .param("text", text)
        .param("now", utc(now));
  }

  Optional<OnSiteMessage> find(long id) {
    return jdbc.sql("select * from onsite_message where id = ?")
        .param(id)
        .query(OnSiteJdbc::message)
        .optional();
  }

  /**
   * The browsers that may see the message: for a flow's all of the lead, for a line of a chat those
   * that take part. Somebody may have become this lead by no more than saying so.
   */
  List<String> browsers(OnSiteMessage message) {
    return jdbc.sql(
            FAMILY
                + (message.author().equals("flow")
                    ? """
                      select value from lead_identity
                      where kind = 'anonymous' and lead_id in (select id from family)
                      """
                    : """
                      select distinct browser from onsite_message
                      where lead_id in (select id from family) and browser is not null
                      """))
        .param("lead", message.leadId())
        .query(String.class)
        .list();
  }

  /** The lead who uses this browser. */
  Optional<UUID> lead(String anonymousId) {
    return jdbc.sql(
            """
            select coalesce(l.merged_into, l.id) from lead_identity i join lead l on l.id = i.lead_id
            where i.kind = 'anonymous' and i.value = ?
            """)
        .param(anonymousId)
        .query(UUID.class)
        .optional();
  }

  /** The newest lines of the lead's chat, oldest first. */
  List<OnSiteMessage> lines(UUID leadId, int most) {
    return jdbc.sql(
            FAMILY
                + """
                select * from (
                  select * from onsite_message
                  where lead_id in (select id from family) and kind = 'chat'
                    and taken_back_at is null
                  order by id desc limit :most) newest
                order by id
                """)
        .param("lead", leadId)
        .param("most", most)
        .query(OnSiteJdbc::message)
        .list();
  }

  /**
   * What a window shows when it opens, oldest first: the newest lines of the chat since somebody
   * wrote in this browser, and what flows have to show that waits for somebody to see it.
   */
  List<OnSiteMessage> toShow(UUID leadId, String browser, int most, Instant now) {
    return jdbc.sql(
            FAMILY
                + """
                select * from (
                  select * from onsite_message
                  where lead_id in (select id from family) and taken_back_at is null
                    and case when author = 'flow' and shown_at is null then expires_at > :now
                      else kind = 'chat' and id >= (
                        select min(id) from onsite_message
                        where lead_id in (select id from family) and browser = :browser)
                      end
                  order by id desc limit :most) newest
                order by id
                """)
        .param("lead", leadId)
        .param("browser", browser)
        .param("most", most)
        .param("now", utc(now))
        .query(OnSiteJdbc::message)
        .list();
  }

  /**
   * Notes that a window of the lead's shows it.
   *
   * @param window which; if it asks again, its first question's answer was lost
   * @return the message, for the first window that asks in time
   */
  Optional<OnSiteMessage> show(long id, UUID leadId, String window, Instant now) {
    return jdbc.sql(
            FAMILY
                + """
                update onsite_message
                set shown_at = coalesce(shown_at, :now), shown_in = :window
                where id = :id and lead_id in (select id from family) and author = 'flow'
                  and (shown_in = :window
                    or shown_at is null and taken_back_at is null and expires_at > :now)
                returning *
                """)
        .param("lead", leadId)
        .param("id", id)
        .param("window", window)
        .param("now", utc(now))
        .query(OnSiteJdbc::message)
        .optional();
  }

  /** Whether it was the lead's, and nobody has seen it, nor will. */
  boolean isGone(long id, UUID leadId, Instant now) {
    return jdbc.sql(
            FAMILY
                + """
                select exists (
                  select from onsite_message
                  where id = :id and lead_id in (select id from family) and shown_at is null
                    and (taken_back_at is not null or expires_at <= :now))
                """)
        .param("lead", leadId)
        .param("id", id)
        .param("now", utc(now))
        .query(Boolean.class)
        .single();
  }

  /**
   * Takes the message back if its time is over and nobody has seen it: it is shown or taken back,
   * never both.
   */
  void takeBackIfOver(String messageId, Instant now) {
    jdbc.sql(
            """
            update onsite_message set taken_back_at = :now
            where message_id = :message and shown_at is null and taken_back_at is null
              and expires_at <= :now
            """)
        .param("message", messageId)
        .param("now", utc(now))
        .update();
  }

  /** How the message stands. */
  Optional<Kept> kept(String messageId) {
    return jdbc.sql(
            """
            select shown_at is not null as seen, taken_back_at is not null as taken_back, created_at,
              expires_at
            from onsite_message where message_id = ?
            """)
        .param(messageId)
        .query(
            (row, n) ->
                new Kept(
                    row.getBoolean("seen"),
                    row.getBoolean("taken_back"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /**
   * How a flow's message stands.
   *
   * @param since when it was kept
   * @param until how long it waits to be seen
   */
  record Kept(boolean isSeen, boolean isTakenBack, Instant since, Instant until) {}

  /** A popup with a form that a window of the lead's has shown. */
  Optional<OnSiteMessage> shownForm(long id, UUID leadId) {
    return jdbc.sql(
            FAMILY
                + """
                select * from onsite_message
                where id = :id and lead_id in (select id from family) and shown_at is not null
                  and jsonb_exists(look, 'form')
                """)
        .param("lead", leadId)
        .param("id", id)
        .query(OnSiteJdbc::message)
        .optional();
  }

  void close(long id, UUID leadId, Instant now) {
    jdbc.sql(
            FAMILY
                + """
                update onsite_message set closed_at = :now
                where id = :id and lead_id in (select id from family) and closed_at is null
                """)
        .param("lead", leadId)
        .param("id", id)
        .param("now", utc(now))
        .update();
  }

  /** Whether somebody has written a line of the lead's chat in this browser. */
  boolean hasWritten(UUID leadId, String browser) {
    return jdbc.sql(
            FAMILY
                + """
                select exists (
                  select from onsite_message
                  where lead_id in (select id from family) and browser = :browser)
                """)
        .param("lead", leadId)
        .param("browser", browser)
        .query(Boolean.class)
        .single();
  }

  /** Whether they can be written to when they have left. */
  boolean hasAddress(UUID leadId) {
    return jdbc.sql("select email is not null or phone is not null from lead where id = ?")
        .param(leadId)
        .query(Boolean.class)
        .single();
  }

  /** Whether they have an e-mail address that is more than what they said in a chat. */
  boolean hasKnownEmail(UUID leadId) {
    return jdbc.sql(
            """
            select l.email is not null and (not coalesce(%s, false)
              or exists (select from lead_identity where kind = 'user' and lead_id = l.id))
            from lead l where id = ?
            """
                .formatted(ChatAddress.IS_UNPROVEN))
        .param(leadId)
        .query(Boolean.class)
        .single();
  }

  /** How much the lead has written since then. */
  int written(UUID leadId, Instant since) {
    return jdbc.sql(
            """
            select count(*) from onsite_message
            where lead_id = ? and author = 'visitor' and created_at > ?
            """)
        .params(leadId, utc(since))
        .query(Integer.class)
        .single();
  }

  /**
   * When the newest line of the lead's chat with a person was written, by either of them. Lines of
   * visitors before the person's first, and those after a longer silence, are no part of it.
   */
  Optional<Instant> lastOfConversation(UUID leadId, Duration silence, Instant now) {
    return jdbc.sql(
            FAMILY
                + """
                , line as (
                  select id, author, created_at,
                    created_at - lag(created_at) over (order by id) > :silence * interval '1 second' as late
                  from onsite_message
                  where lead_id in (select id from family) and kind = 'chat'
                    and author in ('person', 'visitor') and created_at > :now - interval '1 day'
                ), part as (
                  select author, created_at, count(*) filter (where late) over (order by id) as nr from line
                )
                select max(created_at) from part
                where nr = (select max(nr) from part)
                having bool_or(author = 'person')
                """)
        .param("lead", leadId)
        .param("silence", silence.toSeconds())
        .param("now", utc(now))
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /**
   * Chats in which visitors wrote, whose last line is the newest first. An address that they left
   * in one and did not confirm says nothing of who they are.
   */
  List<Chat> chats(int most) {
    return jdbc.sql(
            """
            select l.id as lead, l.first_name, l.last_name,
              case when not coalesce(%s, false) then l.email end as email, l.stage, last.* from (
              select coalesce(l.merged_into, l.id) as lead
              from (
                select * from onsite_message where author = 'visitor' order by id desc limit 2000) m
              join lead l on l.id = m.lead_id
              group by 1 order by max(m.id) desc limit :most) chat
            join lead l on l.id = chat.lead,
            lateral (
              select * from onsite_message
              where lead_id in (select chat.lead union all select id from lead where merged_into = chat.lead)
                and author in ('visitor', 'person')
              order by id desc limit 1) last
            order by last.id desc
            """
                .formatted(ChatAddress.IS_UNPROVEN))
        .param("most", most)
        .query(
            (row, n) ->
                new Chat(
                    row.getObject("lead", UUID.class),
                    row.getString("first_name"),
                    row.getString("last_name"),
                    row.getString("email"),
                    row.getString("stage"),
                    message(row, n)))
        .list();
  }

  private static OnSiteMessage message(ResultSet row, int n) throws SQLException {
    return new OnSiteMessage(
        row.getLong("id"),
        row.getObject("lead_id", UUID.class),
        row.getString("kind"),
        row.getString("author"),
        row.getString("name"),
        row.getString("message_id"),
        row.getString("title"),
        row.getString("text"),
        JsonMapper.shared().readTree(row.getString("buttons")),
        JsonMapper.shared().readTree(row.getString("look")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
