package io.ripen.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Ripen's tables say. */
final class Database {

  private final DataSource source;
  private final JdbcClient jdbc;

  Database(String url, String user, String password) {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(url);
    postgres.setUser(user);
    postgres.setPassword(password);
    postgres.setConnectTimeout(5);
    postgres.setSocketTimeout(20);
    source = postgres;
    jdbc = JdbcClient.create(source);
  }

  /** Holds up whoever wants to read or write a touch, until it is closed. */
  Lock lockLedger() {
    return lock("touch");
  }

  /** The same of leads: no step of a flow gets on, and what was raised still goes to Zeebe. */
  Lock lockLeads() {
    return lock("lead");
  }

  private Lock lock(String table) {
    try {
      Connection connection = source.getConnection();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("lock table " + table + " in access exclusive mode");
      }
      return new Lock(connection);
    } catch (SQLException e) {
      throw new AssertionError(table + " could not be locked", e);
    }
  }

  /** A table that only the test may use for now. */
  final class Lock implements AutoCloseable {

    private final Connection connection;

    private Lock(Connection connection) {
      this.connection = connection;
    }

    boolean isWaitedFor() {
      return jdbc.sql(
              "select exists (select from pg_locks where relation = 'touch'::regclass and not granted)")
          .query(Boolean.class)
          .single();
    }

    @Override
    public void close() {
      try (connection) {
        connection.rollback();
      } catch (SQLException e) {
        throw new AssertionError("the ledger could not be unlocked", e);
      }
    }
  }

  /** The states of the touches of each of them; who has none is not there. */
  Map<String, List<String>> touches(List<Shopper> shoppers) {
    return jdbc
        .sql(
            """
            select identity.value, touch.state
              from touch
              join lead_identity identity on identity.lead_id = touch.lead_id
             where identity.kind = 'anonymous' and identity.value = any (?)
            """)
        .param(shoppers.stream().map(Shopper::anonymousId).toArray(String[]::new))
        .query((row, i) -> Map.entry(row.getString("value"), row.getString("state")))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  /** The state of each touch of a shopper, oldest first. */
  List<String> touches(Shopper shopper) {
    return jdbc.sql(
            """
            select touch.state
              from touch
              join lead_identity identity on identity.lead_id = touch.lead_id
             where identity.kind = 'anonymous' and identity.value = ?
             order by touch.planned_at, touch.key
            """)
        .param(shopper.anonymousId())
        .query(String.class)
        .list();
  }

  /** Whether it is there. */
  boolean answers() {
    return jdbc.sql("select 1").query(Integer.class).single() == 1;
  }

  /**
   * The e-mails to these shoppers of which no more is to come, by the first part of their
   * Message-ID, and their states.
   */
  Map<String, String> settledMails(List<Shopper> shoppers) {
    Map<String, String> states = new HashMap<>();
    jdbc.sql(
            """
            select touch.key || '.' || touch.lead_id as id, touch.state
              from touch
              join lead_identity identity on identity.lead_id = touch.lead_id
             where identity.kind = 'anonymous' and identity.value = any (?)
               and touch.channel = 'email'
               and touch.state in ('accepted', 'rejected', 'denied', 'uncertain')
            """)
        .param(shoppers.stream().map(Shopper::anonymousId).toArray(String[]::new))
        .query((row, i) -> states.put(row.getString("id"), row.getString("state")))
        .list();
    return states;
  }

  /** Those of the same that were handed over more than once, or may have been. */
  Set<String> triedAgain(List<Shopper> shoppers) {
    return Set.copyOf(
        jdbc.sql(
                """
                select touch.key || '.' || touch.lead_id
                  from touch
                  join lead_identity identity on identity.lead_id = touch.lead_id
                 where identity.kind = 'anonymous' and identity.value = any (?)
                   and touch.channel = 'email' and touch.attempts > 1
                """)
            .param(shoppers.stream().map(Shopper::anonymousId).toArray(String[]::new))
            .query(String.class)
            .list());
  }

  /** What a lead said about text messages, oldest first: for what, yes or no, and how. */
  List<String> textConsents(String lead) {
    return jdbc.sql(
            """
            select purpose || ' ' || granted || ' ' || coalesce(proof ->> 'by', 'null')
              from consent
             where lead_id = ?::uuid and channel = 'sms' and purpose in ('marketing', 'confirmation')
             order by changed_at
            """)
        .param(lead)
        .query(String.class)
        .list();
  }

  /** The text messages to a lead as the ledger has them, oldest first. */
  List<Map<String, Object>> textsTo(String lead) {
    return jdbc.sql(
            """
            select state, coalesce(code, '') as code, attempts, coalesce(provider_id, '') as sid,
              delivered_at is not null as delivered,
              coalesce(undelivered_reason, '') as undelivered
              from touch
             where lead_id = ?::uuid and channel = 'sms'
             order by planned_at, key
            """)
        .param(lead)
        .query()
        .listOfRows();
  }

  /** As if a mail server had said that there is no such mailbox. */
  void bounces(String email) {
    jdbc.sql("insert into suppression values ('email', ?, 'all', 'bounced', now())")
        .param(email)
        .update();
  }

  /** From the last that happened on, by Ripen's clock. */
  void pausesForHours(String lead, int hours) {
    jdbc.sql(
            """
            insert into pause select ?::uuid, max(raised_at) + make_interval(hours => ?) from signal
            """)
        .params(lead, hours)
        .update();
  }

  /** Whether nobody may write to this e-mail address any more. */
  boolean isClosed(String email) {
    return jdbc.sql(
            "select exists (select from suppression where channel = 'email' and address = lower(?))")
        .param(email)
        .query(Boolean.class)
        .single();
  }

  /** Claims and hand-overs go by the database's clock, which nobody can move: so they move. */
  void ageClaims(Duration step) {
    jdbc.sql(
            """
            update touch set claimed_until = claimed_until - make_interval(secs => :step),
              hand_over_began_at = hand_over_began_at - make_interval(secs => :step)
             where claimed_until is not null
            """)
        .param("step", step.toSeconds())
        .update();
  }

  /** How many instances stand at an element of the flow for abandoned carts. */
  long waitingAt(String element) {
    return jdbc.sql(
            """
            select coalesce(sum(activated - completed - terminated), 0)
              from flow_element_count
              join flow_version using (process_key)
             where process_id = 'abandoned-cart' and element_id = ?
            """)
        .param(element)
        .query(Long.class)
        .single();
  }

  /** How many instances have gone through an element of that flow. */
  long completedAt(String element) {
    return completedAt("abandoned-cart", element);
  }

  /** How many instances have gone through an element of a flow. */
  long completedAt(String flow, String element) {
    return jdbc.sql(
            """
            select coalesce(sum(completed), 0)
              from flow_element_count
              join flow_version using (process_key)
             where process_id = ? and element_id = ?
            """)
        .params(flow, element)
        .query(Long.class)
        .single();
  }

  /**
   * Keeps all that the lead does from now on from Zeebe, until it is closed: signals of one lead go
   * in their order, and this one waits for its next attempt.
   */
  HeldSignals holdSignals(String leadId) {
    long first =
        jdbc.sql(
                """
                insert into signal (name, lead_id, correlation_key, message_id, time_to_live,
                  variables, occurred_at, raised_at, next_attempt_at)
                values ('held.up', ?::uuid, ?, 'held-up-' || gen_random_uuid(), '0', '{}', now(),
                  now(), now() + interval '10 years')
                returning id
                """)
            .params(leadId, leadId)
            .query(Long.class)
            .single();
    return () -> jdbc.sql("delete from signal where id = ?").param(first).update();
  }

  /** Signals that wait. */
  @FunctionalInterface
  interface HeldSignals extends AutoCloseable {

    @Override
    void close();
  }

  boolean hasEvent(String messageId) {
    return jdbc.sql("select exists (select from event where message_id = ?)")
        .param(messageId)
        .query(Boolean.class)
        .single();
  }

  /** Whose browser it is; null while nobody knows. */
  @Nullable UUID leadOf(String anonymousId) {
    return jdbc.sql("select lead_id from lead_identity where kind = 'anonymous' and value = ?")
        .param(anonymousId)
        .query(UUID.class)
        .optional()
        .orElse(null);
  }

  /** Whether the lead's last word on e-mails of this purpose is a yes. */
  boolean agreesToEmail(UUID lead, String purpose) {
    return jdbc.sql(
            """
            select coalesce((
              select granted from consent where lead_id = ? and channel = 'email' and purpose = ?
              order by changed_at desc limit 1), false)
            """)
        .params(lead, purpose)
        .query(Boolean.class)
        .single();
  }

  /** The names of the events that carry this text. */
  List<String> namesOfEventsWith(String text) {
    return jdbc.sql("select name from event where properties ->> 'text' = ?")
        .param(text)
        .query(String.class)
        .list();
  }

  /** Whether the lead has raised this signal, be it sent or not. */
  boolean isRaised(String signal, String leadId) {
    return jdbc.sql("select exists (select from signal where name = ? and lead_id = ?::uuid)")
        .params(signal, leadId)
        .query(Boolean.class)
        .single();
  }

  /** How many signals have not been sent to Zeebe yet. */
  long pendingSignals() {
    return jdbc.sql("select count(*) from signal where state = 'pending'")
        .query(Long.class)
        .single();
  }

  /**
   * How many events were kept and are not on the topic yet, but for those that it does not take.
   */
  long keptEvents() {
    return jdbc.sql("select count(*) from event_outbox where attempts = 0")
        .query(Long.class)
        .single();
  }

  /** The lead of a browser's id, or null. */
  String leadOfBrowser(String anonymousId) {
    return jdbc.sql("select lead_id from lead_identity where kind = 'anonymous' and value = ?")
        .param(anonymousId)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** The newest that a flow shows the browser's lead by this channel and nobody has seen. */
  Optional<Long> unseenOnSite(String anonymousId, String flow, String channel) {
    return jdbc.sql(
            """
            select m.id from onsite_message m
            join touch t on t.key || '.' || t.lead_id = m.message_id
            where m.lead_id = (
                select lead_id from lead_identity where kind = 'anonymous' and value = ?)
              and t.flow = ? and m.kind = ? and m.shown_at is null and m.taken_back_at is null
            order by m.id desc limit 1
            """)
        .params(anonymousId, flow, channel)
        .query(Long.class)
        .optional();
  }

  /** As if by a withdrawal whose event is still on its way. */
  void withdrawConsents(String leadId) {
    jdbc.sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof)
            select lead_id, channel, purpose, false, max(changed_at) + interval '1 second', '{}'
              from consent where lead_id = ?::uuid group by lead_id, channel, purpose
            """)
        .param(leadId)
        .update();
  }

  /** The stages that a lead went through, each with the reason. */
  List<String> stages(String leadId) {
    return jdbc.sql(
            "select to_stage || ': ' || reason from stage_change where lead_id = ?::uuid order by id")
        .param(leadId)
        .query(String.class)
        .list();
  }

  /** How many points the lead has for this reason. */
  long points(String leadId, String reason) {
    return jdbc.sql(
            "select coalesce(sum(points), 0) from score_entry where lead_id = ?::uuid and reason = ?")
        .params(leadId, reason)
        .query(Long.class)
        .single();
  }

  /** What the lead told, or null. */
  String traitOf(String leadId, String name) {
    return jdbc.sql("select traits ->> ? from lead where id = ?::uuid")
        .params(name, leadId)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  String stageOf(String leadId) {
    return jdbc.sql("select stage from lead where id = ?::uuid")
        .param(leadId)
        .query(String.class)
        .single();
  }

  boolean hasOrdered(Shopper shopper) {
    return count("customer_order", shopper) > 0;
  }

  /** What the shop told; what Ripen itself reports of segments is left out. */
  long events(Shopper shopper) {
    return jdbc.sql(
            "select count(*) from event where lead_id = ?::uuid and name not like 'Segment %'")
        .param(leadOf(shopper))
        .query(Long.class)
        .single();
  }

  String leadWith(String email) {
    return jdbc.sql("select id from lead where email = ? and merged_into is null")
        .param(email)
        .query(String.class)
        .single();
  }

  long eventsOf(String email, String name) {
    return ofLead(email, "select count(*) from event where name = ? and lead_id = ?::uuid", name);
  }

  long pendingSignalsOf(String email) {
    return ofLead(
        email, "select count(*) from signal where state = ? and lead_id = ?::uuid", "pending");
  }

  long openCartsOf(String email) {
    return ofLead(email, "select count(*) from cart where state = ? and lead_id = ?::uuid", "open");
  }

  /** How many leads have an address at this domain. */
  long leadsAt(String domain) {
    return jdbc.sql("select count(*) from lead where merged_into is null and email like ?")
        .param("%@" + domain)
        .query(Long.class)
        .single();
  }

  /** How much happened to them. */
  long eventsAt(String domain) {
    return jdbc.sql(
            "select count(*) from event join lead on lead.id = lead_id where lead.email like ?")
        .param("%@" + domain)
        .query(Long.class)
        .single();
  }

  private long ofLead(String email, String sql, String parameter) {
    return jdbc.sql(sql).params(parameter, leadWith(email)).query(Long.class).single();
  }

  private long count(String table, Shopper shopper) {
    return jdbc.sql("select count(*) from " + table + " where lead_id = ?::uuid")
        .param(leadOf(shopper))
        .query(Long.class)
        .single();
  }

  String leadOf(Shopper shopper) {
    return jdbc.sql("select lead_id from lead_identity where kind = 'anonymous' and value = ?")
        .param(shopper.anonymousId())
        .query(String.class)
        .single();
  }

  /** The open task of an instance that stands on this version, or null. */
  Long openTask(String flow, int version) {
    return key(
        "select key from user_task where state = 'open' and process_id = ? and version = ?",
        flow,
        version);
  }

  /** The open incident of an instance on this version, or null. */
  Long openIncident(String flow, int version) {
    return key(
        """
        select key from flow_incident join flow_version using (process_key)
         where resolved_at is null and process_id = ? and version = ?
        """,
        flow,
        version);
  }

  private Long key(String sql, String flow, int version) {
    return jdbc.sql(sql).params(flow, version).query(Long.class).optional().orElse(null);
  }

  /** PostgreSQL refuses a row with this address, and would show it in its log. */
  void refusesLeadWith(String email) {
    assertThatThrownBy(
            () ->
                jdbc.sql("insert into lead (id, email) values (gen_random_uuid(), ?)")
                    .param(email)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  /** The tables in which one of these words stands anywhere, also as bytes. */
  List<String> tablesWith(List<String> words) {
    return tables().stream().filter(table -> hasAny(table, words)).toList();
  }

  /** The name of the stream that Zeebe's first partition tells. */
  String exportStream() {
    return jdbc.sql("select stream from export_position where partition = 1")
        .query(String.class)
        .single();
  }

  /** How the lead's hand-over ended and who had it then; null while it has not ended. */
  String handoverOf(String lead) {
    return jdbc.sql("select outcome || ' by ' || closed_by from handoff where lead_id = ?::uuid")
        .param(lead)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  /** The lead's open task, or null. */
  Long openTaskOf(String lead) {
    return jdbc.sql("select key from user_task where state = 'open' and lead_id = ?::uuid")
        .param(lead)
        .query(Long.class)
        .optional()
        .orElse(null);
  }

  /** A table's rows as COPY writes them, sorted. */
  List<String> copied(String table, List<String> columns) {
    try (Connection connection = source.getConnection()) {
      StringWriter rows = new StringWriter();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "copy (select \"%s\" from %s) to stdout"
                  .formatted(String.join("\", \"", columns), table),
              rows);
      return rows.toString().lines().sorted().toList();
    } catch (SQLException | IOException e) {
      throw new AssertionError(table, e);
    }
  }

  List<String> tables() {
    return jdbc.sql(
            """
            select table_name from information_schema.tables
            where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
            """)
        .query(String.class)
        .list();
  }

  private boolean hasAny(String table, List<String> words) {
    return jdbc.sql(
            """
            select exists (
              select from %s t, unnest(:words::text[]) word
              where t::text ilike '%%' || word || '%%'
                or t::text like '%%' || encode(convert_to(word, 'UTF8'), 'hex') || '%%')
            """
                .formatted(table))
        .param("words", words.toArray(String[]::new))
        .query(Boolean.class)
        .single();
  }
}
