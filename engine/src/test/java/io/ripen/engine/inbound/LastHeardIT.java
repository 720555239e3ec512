package io.ripen.engine.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Inbound;
import io.ripen.channels.LastHeard;
import io.ripen.engine.consents.Confirmations;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.events.Event;
import io.ripen.engine.links.Links;
import io.ripen.engine.privacy.KeyedHash;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When people wrote by a messenger: from what came in to what its channel asks. */
class LastHeardIT {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final UUID ANNA = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final String WHATSAPP = "whatsapp:+36301234567";
  private static final String FACEBOOK = "messenger:4627193850172931";
  private static final String TELEGRAM = "telegram:77";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private KeepInbound keepInbound;
  private LastHeard lastHeard;

  @BeforeEach
  void begin() throws ClassNotFoundException {
    context.getEnvironment().setActiveProfiles("engine", "workers");
    context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(database));
    context.registerBean(KeyedHash.class, () -> PrivacyFixture.HASH);
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.register(Class.forName("io.ripen.engine.consents.ConsentsJdbc"));
    context.register(Class.forName("io.ripen.engine.consents.SuppressionsJdbc"));
    context.register(Class.forName("io.ripen.engine.consents.ConfirmationsJdbc"));
    context.register(Class.forName("io.ripen.engine.providers.LastHeardJdbc"));
    context.refresh();
    lastHeard = context.getBean(LastHeard.class);
    InboundJdbc table = new InboundJdbc(jdbc);
    Suppressions suppressions = context.getBean(Suppressions.class);
    YesAnswers yesAnswers = new YesAnswers(table, context.getBean(Confirmations.class));
    Contacts contacts = new Contacts(table, this::happens);
    KeepOptIns optIns =
        new KeepOptIns(
            table,
            suppressions,
            context.getBean(Consents.class),
            yesAnswers,
            contacts,
            this::happens);
    keepInbound =
        new KeepInbound(
            table,
            new KeepReports(table, suppressions, this::happens),
            new KeepWords(
                table,
                contacts,
                optIns,
                this::happens,
                Links.signedAt(Clock.fixed(NOON, ZoneOffset.UTC))),
            optIns);
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, ?, ?)")
        .params(ANNA, utc(NOON), utc(NOON))
        .update();
    jdbc.sql(
            """
            insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
              process_instance_key, message, priority, state, provider_id, planned_at,
              handed_over_at)
            values (4503, ?, 'messenger', 'marketing', 'abandoned-cart', 1, 'send', 1, 'reminder',
              'normal', 'accepted', 'SM1', ?, ?)
            """)
        .params(ANNA, utc(NOON.minusSeconds(120)), utc(NOON.minusSeconds(60)))
        .update();
  }

  @AfterEach
  void end() {
    context.close();
  }

  @Test
  void who_never_wrote_was_never_heard() {
    assertThat(lastHeard.lastHeardFrom(WHATSAPP)).isEmpty();
  }

  @Test
  void one_messenger_says_nothing_of_another_of_the_same_person() {
    said("a", NOON, TELEGRAM, "hello", null);
    said("b", NOON.plusSeconds(10), FACEBOOK, "hello", null);
    said("c", NOON.plusSeconds(20), "whatsapp:+36309999999", "hello", null);

    assertThat(lastHeard.lastHeardFrom(WHATSAPP)).isEmpty();
    assertThat(lastHeard.lastHeardFrom(TELEGRAM)).contains(NOON);
    assertThat(lastHeard.lastHeardFrom(FACEBOOK)).contains(NOON.plusSeconds(10));
  }

  @Test
  void the_last_word_counts_whether_it_answers_something_or_not() {
    said("a", NOON, WHATSAPP, "yes", "SM1");
    assertThat(lastHeard.lastHeardFrom(WHATSAPP)).as("an answer").contains(NOON);
    said("b", NOON.plusSeconds(10), WHATSAPP, "and one more thing", null);
    said("c", NOON.plusSeconds(5), WHATSAPP, "told late", null);

    assertThat(lastHeard.lastHeardFrom(WHATSAPP)).contains(NOON.plusSeconds(10));
    assertThat(lastHeard.lastHeardFrom(WHATSAPP.toUpperCase(Locale.ROOT)))
        .contains(NOON.plusSeconds(10));
  }

  @Test
  void what_others_tell_of_it_does_not_count() {
    jdbc.sql(
            """
            insert into event (message_id, lead_id, type, name, occurred_at, received_at, site,
              properties, context)
            values ('theirs', ?, 'track', 'Message Replied', ?, ?, 'shop',
              jsonb_build_object('channel', 'messenger', 'contact', md5(lower(?))), '{}')
            """)
        .params(ANNA, utc(NOON), utc(NOON), WHATSAPP)
        .update();

    assertThat(lastHeard.lastHeardFrom(WHATSAPP)).isEmpty();
  }

  @Test
  void a_contact_stands_in_no_event() {
    said("a", NOON, FACEBOOK, "hello", null);

    assertThat(
            jdbc.sql("select properties::text from event where name = 'Chat Message Received'")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(properties -> properties.contains("4627193850172931"));
  }

  private void said(String id, Instant at, String from, String text, @Nullable String answerTo) {
    keepInbound.keep(List.of(new Inbound.Said(id, at, "messenger", from, text, answerTo)));
  }

  /** As it is when Kafka has brought it. */
  private void happens(Event event) {
    jdbc.sql(
            """
            insert into event (message_id, lead_id, type, name, occurred_at, received_at, site,
              properties, context)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, '{}')
            """)
        .params(
            event.messageId(),
            ANNA,
            event.type(),
            event.name(),
            utc(event.occurredAt()),
            utc(event.receivedAt()),
            event.site(),
            event.properties().toString())
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
