package io.ripen.engine.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.Cause;
import io.ripen.engine.consents.Confirmations;
import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.events.Event;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.privacy.KeyedHash;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class KeepInboundIT {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final UUID ANNA = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final long KEY = 4503;
  private static final String MESSAGE = KEY + "." + ANNA;
  private static final String PHONE = "+36301234567";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final List<Event> events = new ArrayList<>();
  private final SignedLinks links = Links.signedAt(Clock.fixed(NOON, ZoneOffset.UTC));
  private KeepInbound keepInbound;

  @BeforeEach
  void begin() throws ClassNotFoundException {
    context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(database));
    context.registerBean(KeyedHash.class, () -> PrivacyFixture.HASH);
    context.registerBean(JdbcClient.class, () -> jdbc);
    context.register(Class.forName("io.ripen.engine.consents.ConsentsJdbc"));
    context.register(Class.forName("io.ripen.engine.consents.SuppressionsJdbc"));
    context.register(Class.forName("io.ripen.engine.consents.ConfirmationsJdbc"));
    context.refresh();
    keepInbound = keepInbound(events::add);
    jdbc.sql(
            """
            insert into lead (id, email, phone, first_seen_at, last_seen_at)
            values (?, 'anna@example.com', ?, ?, ?)
            """)
        .params(ANNA, PHONE, utc(NOON), utc(NOON))
        .update();
    touch("sms", "SM1");
  }

  private KeepInbound keepInbound(EventOutbox outbox) {
    InboundJdbc table = new InboundJdbc(jdbc);
    Suppressions suppressions = context.getBean(Suppressions.class);
    YesAnswers yesAnswers = new YesAnswers(table, context.getBean(Confirmations.class));
    Contacts contacts = new Contacts(table, outbox);
    KeepOptIns optIns =
        new KeepOptIns(
            table, suppressions, context.getBean(Consents.class), yesAnswers, contacts, outbox);
    return new KeepInbound(
        table,
        new KeepReports(table, suppressions, outbox),
        new KeepWords(table, contacts, optIns, outbox, links),
        optIns);
  }

  @AfterEach
  void end() {
    context.close();
  }

  @Test
  void a_report_becomes_an_event_of_its_touch_by_either_id() {
    keep(
        new Inbound.Delivered("a", NOON, "SM1", null),
        new Inbound.Seen("b", NOON, null, MESSAGE),
        new Inbound.Seen("c", NOON, "SM-of-another-system", "4503." + UUID.randomUUID()));

    assertThat(events)
        .extracting(Event::name)
        .containsExactly("Message Delivered", "Message Opened");
    Event delivered = events.getFirst();
    assertThat(delivered.leadId()).isEqualTo(ANNA);
    assertThat(delivered.messageId()).isEqualTo("ripen:in.a.message-delivered");
    assertThat(delivered.properties().path("touch").asString()).isEqualTo("4503");
    assertThat(delivered.properties().path("flow").asString()).isEqualTo("abandoned-cart");
  }

  @Test
  void a_form_that_was_sent_in_a_message_is_as_good_as_a_click() {
    keep(new Inbound.FormSent("onsite-form-7", NOON, null, MESSAGE, "newsletter"));

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("Message Clicked");
              assertThat(event.leadId()).isEqualTo(ANNA);
              assertThat(event.properties().path("form").asString()).isEqualTo("newsletter");
              assertThat(event.properties().path("confidence").asString()).isEqualTo("high");
            });
  }

  @Test
  void an_address_that_does_not_exist_is_not_written_to_again() {
    keep(
        new Inbound.Undelivered(
            "a", NOON, "SM1", null, PHONE, Cause.NO_SUCH_ADDRESS, "30005", "Unknown handset"));

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("Message Bounced");
              assertThat(event.properties().path("hard").asString()).isEqualTo("true");
              assertThat(event.properties().toString()).doesNotContain(PHONE);
            });
    assertThat(permission("transactional"))
        .isInstanceOfSatisfying(
            Permission.Suppressed.class, s -> assertThat(s.reason()).isEqualTo("bounced"));
  }

  @Test
  void who_writes_from_an_address_that_was_not_there_can_be_written_to_again() {
    suppressed("sms", PHONE, Suppressions.BOUNCED);
    suppressed("messenger", "telegram:77", Suppressions.BOUNCED);
    suppressed("messenger", "telegram:78", Suppressions.BOUNCED);

    keep(
        new Inbound.Said("a", NOON.plusSeconds(1), "sms", PHONE, "Hello", null),
        new Inbound.Said("b", NOON.plusSeconds(1), "messenger", "telegram:77", "Hello", null));

    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
    assertThat(byMessenger("transactional")).isEqualTo(new Permission.Granted());
    assertThat(
            context
                .getBean(Consents.class)
                .permission(ANNA, "messenger", "transactional", "telegram:78"))
        .as("another address")
        .isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void a_stop_from_an_address_that_was_not_there_is_a_stop() {
    suppressed("sms", PHONE, Suppressions.BOUNCED);
    keep(new Inbound.OptedOut("a", NOON.plusSeconds(1), "sms", PHONE, "STOP"));
    assertThat(permission("transactional"))
        .isInstanceOfSatisfying(
            Permission.Suppressed.class, s -> assertThat(s.reason()).isEqualTo("unsubscribed"));

    keep(new Inbound.OptedIn("b", NOON.plusSeconds(2), "sms", PHONE, "START"));
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  /** A text that was under way at the STOP, or asked them to confirm, may find nobody. */
  @Test
  void who_wants_nothing_and_is_there_again_still_wants_nothing() {
    said("sms", "marketing", true, NOON.minusSeconds(60));
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));
    engineKeeps();
    keep(
        new Inbound.Undelivered(
            "b", NOON.plusSeconds(1), "SM1", null, PHONE, Cause.NO_SUCH_ADDRESS, "30005", "Off"));

    keep(new Inbound.Said("c", NOON.plusSeconds(2), "sms", PHONE, "Hello", null));
    assertThat(permission("transactional"))
        .isInstanceOfSatisfying(
            Permission.Suppressed.class, s -> assertThat(s.reason()).isEqualTo("unsubscribed"));

    events.clear();
    keep(new Inbound.OptedIn("d", NOON.plusSeconds(3), "sms", PHONE, "START"));
    assertThat(granted()).containsExactly("marketing");
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  @Test
  void a_stop_is_kept_though_the_address_was_closed_already() {
    suppressed("sms", PHONE, Suppressions.BOUNCED);
    keep(new Inbound.OptedOut("a", NOON.minusSeconds(1), "sms", PHONE, "STOP"));
    keep(new Inbound.Said("b", NOON.plusSeconds(1), "sms", PHONE, "Hello", null));
    assertThat(permission("transactional"))
        .isInstanceOfSatisfying(
            Permission.Suppressed.class, s -> assertThat(s.reason()).isEqualTo("unsubscribed"));
  }

  /** Written late, before it bounced, after a complaint, or by e-mail, where anybody may. */
  @Test
  void not_everything_that_is_written_opens_an_address() {
    suppressed("sms", PHONE, Suppressions.BOUNCED);
    keep(new Inbound.Said("a", NOON.minusSeconds(1), "sms", PHONE, "Hello", null));
    assertThat(permission("transactional")).isInstanceOf(Permission.Suppressed.class);

    suppressed("messenger", "telegram:77", Suppressions.COMPLAINED);
    keep(new Inbound.Said("b", NOON.plusSeconds(1), "messenger", "telegram:77", "Hello", null));
    assertThat(byMessenger("transactional")).isInstanceOf(Permission.Suppressed.class);

    suppressed("email", "anna@example.com", Suppressions.BOUNCED);
    keep(new Inbound.Said("c", NOON.plusSeconds(1), "email", "anna@example.com", "Hello", null));
    assertThat(emailPermission()).isInstanceOf(Permission.Suppressed.class);
  }

  private void suppressed(String channel, String address, String reason) {
    context.getBean(Suppressions.class).suppress(channel, address, Suppressions.ALL, reason, NOON);
  }

  @Test
  void one_message_that_is_lost_closes_no_address() {
    keep(new Inbound.Undelivered("a", NOON, "SM1", null, PHONE, Cause.LOST, "30003", "Off"));

    assertThat(events.getFirst().properties().path("hard").asString()).isEqualTo("false");
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  @Test
  void a_complaint_closes_the_address_for_everything() {
    touch("email", "<1@x>", 4504);
    keep(new Inbound.Complained("a", NOON, "<1@x>", null, "Anna@Example.com"));

    assertThat(events).extracting(Event::name).containsExactly("Message Complained");
    assertThat(
            context
                .getBean(Consents.class)
                .permission(ANNA, "email", "transactional", "anna@example.com"))
        .isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void one_word_in_an_answer_closes_the_address_that_the_answered_message_went_to() {
    touch("email", "<1@x>", 4504);
    sentTo(4504, "anna@example.com");
    keep(
        new Inbound.Said(
            "a", NOON, "email", "anna+other@example.com", "Отписаться", 4504 + "." + ANNA));

    assertThat(events)
        .extracting(Event::name)
        .containsExactly("Consent Withdrawn", "Consent Withdrawn", "Message Unsubscribed");
    assertThat(emailPermission()).isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void one_word_that_answers_nothing_of_ours_closes_nothing() {
    keep(
        new Inbound.Said(
            "a", NOON, "email", "anna@example.com", "STOP", 4504 + "." + UUID.randomUUID()));

    assertThat(events).extracting(Event::name).containsExactly("Chat Message Received");
    assertThat(emailPermission()).isEqualTo(new Permission.Granted());
  }

  @Test
  void an_e_mail_from_a_leads_address_that_names_no_message_of_ours_is_no_reply() {
    touch("email", "<1@x>", 4504);
    keep(
        new Inbound.Said("a", NOON, "email", "anna@example.com", "yes please", null),
        new Inbound.Said(
            "b", NOON, "email", "anna@example.com", "yes", 4504 + "." + UUID.randomUUID()));

    assertThat(events).extracting(Event::name).containsOnly("Chat Message Received").hasSize(2);
    assertThat(events).extracting(Event::leadId).containsOnly(ANNA);
    Event wrote = events.getFirst();
    assertThat(wrote.properties().has("touch")).isFalse();
    assertThat(wrote.properties().path("channel").asString()).isEqualTo("email");
    assertThat(wrote.properties().path("text").asString()).isEqualTo("yes please");
  }

  @Test
  void an_e_mail_that_names_a_message_of_ours_is_a_reply_to_it() {
    touch("email", "<1@x>", 4504);
    touch("email", "<2@x>", 4505);
    keep(
        new Inbound.Said(
            "a", NOON, "email", "anna@elsewhere.example", "yes please", 4504 + "." + ANNA));

    assertThat(events)
        .singleElement()
        .satisfies(
            replied -> {
              assertThat(replied.name()).isEqualTo("Message Replied");
              assertThat(replied.leadId()).isEqualTo(ANNA);
              assertThat(replied.properties().path("touch").asString()).isEqualTo("4504");
            });
  }

  @Test
  void a_bounce_closes_no_address_that_the_lead_has_taken_since() {
    touch("email", "<1@x>", 4504);
    sentTo(4504, "anna@old.example");
    keep(
        new Inbound.Undelivered(
            "a", NOON, null, 4504 + "." + ANNA, null, Cause.NO_SUCH_ADDRESS, "5.1.1", "No"));

    assertThat(emailPermission()).isEqualTo(new Permission.Granted());
  }

  private void sentTo(long key, String address) {
    jdbc.sql("update touch set sent_to = md5(?) where key = ?").params(address, key).update();
  }

  private Permission emailPermission() {
    return context
        .getBean(Consents.class)
        .permission(ANNA, "email", "transactional", "anna@example.com");
  }

  @Test
  void a_bounce_that_names_no_address_of_ours_closes_the_leads_own() {
    touch("email", "<1@x>", 4504);
    sentTo(4504, "anna@example.com");
    keep(
        new Inbound.Undelivered(
            "a", NOON, null, 4504 + "." + ANNA, null, Cause.NO_SUCH_ADDRESS, "5.1.1", "No"));

    assertThat(events).extracting(Event::name).containsExactly("Message Bounced");
    assertThat(
            context
                .getBean(Consents.class)
                .permission(ANNA, "email", "transactional", "anna@example.com"))
        .isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void who_writes_stop_is_left_alone_until_they_write_start() {
    said("sms", "marketing", true, NOON.minusSeconds(60));
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));

    assertThat(events)
        .extracting(Event::name)
        .containsExactly("Consent Withdrawn", "Consent Withdrawn", "Message Unsubscribed");
    assertThat(events).extracting(Event::leadId).containsOnly(ANNA);
    assertThat(events).extracting(Event::messageId).doesNotHaveDuplicates();
    assertThat(events.getFirst().properties().path("wording").asString()).isEqualTo("STOP");
    assertThat(permission("transactional")).isInstanceOf(Permission.Suppressed.class);

    events.clear();
    keep(new Inbound.OptedIn("b", NOON.plusSeconds(60), "sms", PHONE, "START"));
    assertThat(granted()).containsExactly("marketing");
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  /** Coming back is no yes to what nobody had said yes to. */
  @Test
  void who_comes_back_gets_what_they_had_agreed_to_and_nothing_else() {
    said("sms", "newsletter", true, NOON.minusSeconds(120));
    said("sms", "marketing", true, NOON.minusSeconds(120));
    said("sms", "marketing", false, NOON.minusSeconds(60));
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));
    engineKeeps();
    keep(new Inbound.OptedOut("b", NOON.plusSeconds(30), "sms", PHONE, "STOP"));
    engineKeeps();
    assertThat(permission("newsletter")).isInstanceOf(Permission.Suppressed.class);

    keep(new Inbound.OptedIn("c", NOON.plusSeconds(60), "sms", PHONE, "START"));
    assertThat(granted()).containsExactly("newsletter");
    engineKeeps();
    assertThat(permission("newsletter")).isEqualTo(new Permission.Granted());
    assertThat(permission("marketing")).isInstanceOf(Permission.Withdrawn.class);

    keep(new Inbound.OptedOut("d", NOON.plusSeconds(90), "sms", PHONE, "STOP"));
    engineKeeps();
    keep(new Inbound.OptedIn("e", NOON.plusSeconds(120), "sms", PHONE, "START"));
    assertThat(granted()).as("once more").containsExactly("newsletter");
  }

  @Test
  void who_had_agreed_to_nothing_has_agreed_to_nothing_when_they_come_back() {
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));
    engineKeeps();
    keep(new Inbound.OptedIn("b", NOON.plusSeconds(60), "sms", PHONE, "START"));
    assertThat(events).isEmpty();
    assertThat(permission("marketing")).isInstanceOf(Permission.Withdrawn.class);
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  @Test
  void a_yes_of_another_number_does_not_come_back_with_this_one() {
    jdbc.sql(
            """
            insert into consent (lead_id, channel, purpose, granted, changed_at, proof, address)
            values (?, 'sms', 'marketing', true, ?, '{}', md5('+36309999999'))
            """)
        .params(ANNA, utc(NOON.minusSeconds(60)))
        .update();
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));
    keep(new Inbound.OptedIn("b", NOON.plusSeconds(60), "sms", PHONE, "START"));
    assertThat(granted()).isEmpty();
  }

  /** Telegram: /stop, then blocked and unblocked, or opened by the link once more. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void who_opens_a_messenger_again_gets_what_they_had_agreed_to_there(boolean opens) {
    String telegram = "telegram:77";
    jdbc.sql("insert into lead_identity values ('anonymous', ?, ?, ?)")
        .params("ripen:" + telegram, ANNA, utc(NOON))
        .update();
    said("messenger", "newsletter", true, NOON.minusSeconds(60));
    said("sms", "marketing", true, NOON.minusSeconds(60));
    keep(new Inbound.OptedOut("a", NOON, "messenger", telegram, "/stop"));
    engineKeeps();
    assertThat(byMessenger("newsletter")).isInstanceOf(Permission.Suppressed.class);

    Instant back = NOON.plusSeconds(60);
    keep(
        opens
            ? new Inbound.Opened("b", back, "messenger", telegram, links.contact(ANNA))
            : new Inbound.OptedIn("b", back, "messenger", telegram, "unblocked the bot"));
    assertThat(granted()).containsExactly("newsletter");
    engineKeeps();
    assertThat(byMessenger("newsletter")).isEqualTo(new Permission.Granted());
    assertThat(byMessenger("marketing")).isInstanceOf(Permission.Withdrawn.class);
  }

  @Test
  void who_took_one_thing_back_by_a_page_gets_it_back_by_no_opened_messenger() {
    String telegram = "telegram:77";
    said("messenger", "marketing", true, NOON.minusSeconds(60));
    context
        .getBean(Suppressions.class)
        .suppress("messenger", telegram, "marketing", Suppressions.UNSUBSCRIBED, NOON);
    said("messenger", "marketing", false, NOON);
    keep(new Inbound.Opened("b", NOON.plusSeconds(60), "messenger", telegram, links.contact(ANNA)));
    assertThat(granted()).isEmpty();
  }

  private Permission byMessenger(String purpose) {
    return context.getBean(Consents.class).permission(ANNA, "messenger", purpose, "telegram:77");
  }

  private List<String> granted() {
    return events.stream()
        .filter(event -> event.name().equals("Consent Granted"))
        .map(event -> event.properties().path("purpose").asString())
        .toList();
  }

  private void said(String channel, String purpose, boolean yes, Instant at) {
    context
        .getBean(Consents.class)
        .record(
            List.of(
                new ConsentChange(
                    ANNA, channel, purpose, yes, at, JsonNodeFactory.instance.objectNode())));
  }

  /** What it does with consents when the events come back by Kafka. */
  private void engineKeeps() {
    for (Event event : events) {
      if (event.name().startsWith("Consent ")) {
        context
            .getBean(Consents.class)
            .record(
                List.of(
                    new ConsentChange(
                        ANNA,
                        event.properties().path("channel").asString(),
                        event.properties().path("purpose").asString(),
                        event.name().equals("Consent Granted"),
                        event.occurredAt(),
                        JsonNodeFactory.instance
                            .objectNode()
                            .put("messageId", event.messageId()))));
      }
    }
    events.clear();
  }

  @Test
  void a_yes_of_who_never_wrote_stop_is_no_consent() {
    keep(new Inbound.OptedIn("a", NOON, "sms", PHONE, "YES"));
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"YES", "да", "Igen!"})
  void a_bare_yes_of_who_was_asked_confirms_and_is_no_reply(String yes) {
    nothingElseSinceDays(6);
    asked(4510, NOON.minus(Duration.ofDays(6)));
    keep(new Inbound.Said("a/said", NOON, "sms", PHONE, yes, null));

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("Consent Granted");
              assertThat(event.leadId()).isEqualTo(ANNA);
              assertThat(event.occurredAt()).isEqualTo(NOON);
              assertThat((Object) event.properties())
                  .isEqualTo(
                      JsonMapper.shared()
                          .createObjectNode()
                          .put("purpose", "marketing")
                          .put("wording", yes)
                          .put("by", "double-opt-in: answer")
                          .put("touch", "4510")
                          .put("flow", "text-message-subscription")
                          .put("element", "serviceTask_x")
                          .put("channel", "sms"));
            });
  }

  @Test
  void a_yes_to_what_was_sent_since_is_a_reply() {
    asked(4510, NOON.minus(Duration.ofDays(6)));
    keep(new Inbound.Said("a/said", NOON, "sms", PHONE, "YES", null));
    assertThat(events).extracting(Event::name).containsExactly("Message Replied");
  }

  private void nothingElseSinceDays(int days) {
    jdbc.sql("update touch set handed_over_at = handed_over_at - make_interval(days => ?)")
        .param(days + 1)
        .update();
  }

  @Test
  void an_english_yes_that_comes_as_two_things_is_one_consent() {
    asked(4510, NOON.minusSeconds(60));
    keep(
        new Inbound.OptedIn("a/start", NOON, "sms", PHONE, "YES"),
        new Inbound.Said("a/said", NOON, "sms", PHONE, "YES", null));
    assertThat(events).extracting(Event::name).containsOnly("Consent Granted");
    assertThat(events.stream().map(Event::messageId).distinct()).hasSize(1);
  }

  @Test
  void a_yes_confirms_only_within_days_only_by_sms_and_only_for_the_number_that_was_asked() {
    asked(4510, NOON.minus(Duration.ofDays(8)));
    keep(new Inbound.Said("a", NOON, "sms", PHONE, "ДА", null));
    asked(4511, NOON.minusSeconds(60));
    keep(
        new Inbound.Said("b", NOON, "sms", "+36309999999", "ДА", null),
        new Inbound.Said("c", NOON, "messenger", "whatsapp:" + PHONE, "ДА", null),
        new Inbound.Said("d", NOON, "sms", PHONE, "да, но когда?", null));
    jdbc.sql("update lead set phone = '+36308888888' where id = ?").param(ANNA).update();
    keep(new Inbound.Said("e", NOON, "sms", PHONE, "ДА", null));

    assertThat(events).extracting(Event::name).doesNotContain("Consent Granted");
  }

  @Test
  void a_yes_after_a_stop_is_a_new_consent() {
    asked(4510, NOON.minusSeconds(60));
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));
    events.clear();
    keep(new Inbound.OptedIn("b/start", NOON.plusSeconds(60), "sms", PHONE, "YES"));
    assertThat(events)
        .singleElement()
        .satisfies(
            consent ->
                assertThat(consent.properties().path("by").asString())
                    .isEqualTo("double-opt-in: answer"));
    assertThat(permission("transactional"))
        .as("the number, for others who have it")
        .isInstanceOf(Permission.Suppressed.class);
    applies(events.getFirst());
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  /** Until the STOP has come back by Kafka, the lead's newest word is the yes of before. */
  @Test
  void a_yes_right_after_a_stop_is_a_consent_of_its_own() {
    asked(4510, NOON.minusSeconds(60));
    keep(new Inbound.OptedIn("a/start", NOON, "sms", PHONE, "YES"));
    applies(events.getFirst());
    keep(new Inbound.OptedOut("b/stop", NOON.plusSeconds(1), "sms", PHONE, "STOP"));
    events.clear();

    keep(
        new Inbound.OptedIn("c/start", NOON.plusSeconds(2), "sms", PHONE, "YES"),
        new Inbound.Said("c/said", NOON.plusSeconds(2), "sms", PHONE, "YES", null));
    assertThat(events).extracting(Event::messageId).hasSize(2).containsOnly(confirmedAfter(1));
    applies(events.getFirst());
    assertThat(permission("marketing")).isEqualTo(new Permission.Granted());
  }

  /** Providers tell again what they got no answer to, and do not say when it was written. */
  @Test
  void a_yes_that_is_told_twice_with_a_stop_in_between_undoes_nothing() {
    asked(4510, NOON.minusSeconds(60));
    keep(yes(0, "YES"));
    keep(yes(0, "ДА"));
    keep(new Inbound.OptedOut("b/stop", NOON.plusSeconds(10), "sms", PHONE, "STOP"));
    events.clear();

    keep(yes(20, "YES"));
    keep(yes(20, "ДА"));
    assertThat(events).isEmpty();
    assertThat(permission("transactional")).isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void a_start_that_is_told_twice_with_a_stop_in_between_undoes_nothing() {
    keep(new Inbound.OptedOut("a/stop", NOON, "sms", PHONE, "STOP"));
    keep(new Inbound.OptedIn("b/start", NOON.plusSeconds(1), "sms", PHONE, "START"));
    keep(new Inbound.OptedOut("c/stop", NOON.plusSeconds(2), "sms", PHONE, "STOP"));
    keep(new Inbound.OptedIn("b/start", NOON.plusSeconds(3), "sms", PHONE, "START"));
    assertThat(permission("transactional")).isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void a_stop_that_is_told_twice_with_a_yes_in_between_closes_nothing() {
    keep(new Inbound.OptedOut("a/stop", NOON, "sms", PHONE, "STOP"));
    keep(new Inbound.OptedIn("b/start", NOON.plusSeconds(1), "sms", PHONE, "START"));
    events.clear();
    keep(new Inbound.OptedOut("a/stop", NOON.plusSeconds(2), "sms", PHONE, "STOP"));
    assertThat(events).isEmpty();
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  @Test
  void a_report_that_is_told_twice_with_a_yes_in_between_closes_nothing() {
    var unwanted =
        new Inbound.Undelivered("a", NOON, "SM1", null, PHONE, Cause.UNWANTED, "21610", "STOP");
    keep(unwanted);
    keep(new Inbound.OptedIn("b/start", NOON.plusSeconds(1), "sms", PHONE, "START"));
    keep(
        new Inbound.Undelivered(
            "a", NOON.plusSeconds(2), "SM1", null, PHONE, Cause.UNWANTED, "21610", "STOP"));
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());
  }

  @Test
  void what_could_not_be_kept_is_kept_when_it_is_told_again() {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    var stop = new Inbound.OptedOut("a/stop", NOON, "sms", PHONE, "STOP");
    KeepInbound dying =
        keepInbound(
            event -> {
              throw new IllegalStateException("the engine dies");
            });
    assertThatThrownBy(() -> transaction.executeWithoutResult(status -> dying.keep(List.of(stop))))
        .hasMessage("the engine dies");
    assertThat(permission("transactional")).isEqualTo(new Permission.Granted());

    transaction.executeWithoutResult(status -> keep(stop));
    assertThat(events).hasSize(3);
    assertThat(permission("transactional")).isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void what_is_told_twice_at_once_is_kept_once() throws Exception {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    List<Event> kept = new CopyOnWriteArrayList<>();
    KeepInbound engine = keepInbound(kept::add);
    Callable<Void> telling =
        () -> {
          transaction.executeWithoutResult(
              status ->
                  engine.keep(
                      List.of(new Inbound.Said("a/said", NOON, "sms", PHONE, "hello", null))));
          return null;
        };
    try (ExecutorService providers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> told : providers.invokeAll(Collections.nCopies(8, telling))) {
        told.get();
      }
    }
    assertThat(kept).hasSize(1);
  }

  /** An answer as it is told, at this many seconds after noon. */
  private static Inbound yes(int seconds, String text) {
    Instant at = NOON.plusSeconds(seconds);
    return text.equals("YES")
        ? new Inbound.OptedIn("SM9/start", at, "sms", PHONE, text)
        : new Inbound.Said("SM10/said", at, "sms", PHONE, text, null);
  }

  private static String confirmedAfter(int seconds) {
    return "confirmed-4510-%s-%d".formatted(ANNA, NOON.plusSeconds(seconds).toEpochMilli());
  }

  /** As the engine does when it comes back by Kafka. */
  private void applies(Event consent) {
    context
        .getBean(Consents.class)
        .record(
            List.of(
                new ConsentChange(
                    ANNA, "sms", "marketing", true, consent.occurredAt(), consent.properties())));
  }

  private void asked(long key, Instant at) {
    touch("sms", "SM" + key, key);
    jdbc.sql(
            """
            update touch set purpose = 'confirmation', flow = 'text-message-subscription',
              element_id = 'serviceTask_x', handed_over_at = ?, sent_to = md5(?)
            where key = ?
            """)
        .params(utc(at), PHONE, key)
        .update();
  }

  @Test
  void a_start_that_is_told_again_after_a_stop_undoes_nothing() {
    keep(new Inbound.OptedOut("b", NOON.plusSeconds(60), "sms", PHONE, "STOP"));
    keep(new Inbound.OptedIn("a", NOON, "sms", PHONE, "START"));
    assertThat(permission("transactional")).isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void an_address_that_bounces_after_its_owner_came_back_is_closed_again() {
    keep(new Inbound.OptedOut("a", NOON, "sms", PHONE, "STOP"));
    keep(new Inbound.OptedIn("b", NOON.plusSeconds(60), "sms", PHONE, "START"));
    Instant later = NOON.plusSeconds(90);
    keep(
        new Inbound.Undelivered(
            "c", later, "SM1", null, PHONE, Cause.NO_SUCH_ADDRESS, "30005", "Unknown handset"));
    assertThat(permission("transactional"))
        .isInstanceOfSatisfying(
            Permission.Suppressed.class, s -> assertThat(s.reason()).isEqualTo("bounced"));
  }

  @Test
  void an_answer_is_about_what_was_sent_last_by_that_channel() {
    keep(new Inbound.Said("a", NOON, "sms", PHONE, "yes please", null));

    Event replied = events.getFirst();
    assertThat(replied.name()).isEqualTo("Message Replied");
    assertThat(replied.leadId()).isEqualTo(ANNA);
    assertThat(replied.properties().path("touch").asString()).isEqualTo("4503");
    assertThat(replied.properties().path("text").asString()).isEqualTo("yes please");
  }

  @Test
  void who_writes_help_has_not_replied() {
    keep(new Inbound.AskedForHelp("a", NOON, "sms", PHONE, "HELP"));

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("Help Asked");
              assertThat(event.leadId()).isEqualTo(ANNA);
              assertThat(event.properties().path("text").asString()).isEqualTo("HELP");
            });
  }

  /** Whoever is in the chat reads it there. */
  @Test
  void what_is_said_to_a_person_in_the_chat_is_no_reply_to_the_flow_before() {
    touch("chat", "c", 4520);
    jdbc.sql("insert into lead_identity values ('anonymous', 'b1', ?, now())").param(ANNA).update();
    keep(new Inbound.Said("a", NOON, "chat", "b1", "Is it blue?", null));
    wroteInChat("visitor");
    keep(new Inbound.Said("b", NOON, "chat", "b1", "And heavy?", null));
    assertThat(events).extracting(Event::name).containsOnly("Message Replied").hasSize(2);

    events.clear();
    wroteInChat("person");
    keep(
        new Inbound.Said("c", NOON, "chat", "b1", "Thank you!", null),
        new Inbound.Said("d", NOON, "sms", PHONE, "Thank you!", null));
    assertThat(events)
        .extracting(Event::name)
        .containsExactly("Chat Message Received", "Message Replied");
  }

  private void wroteInChat(String author) {
    jdbc.sql(
            """
            insert into onsite_message (lead_id, kind, author, text, created_at)
            values (?, 'chat', ?, 'x', ?)
            """)
        .params(ANNA, author, utc(NOON.plusSeconds(1)))
        .update();
  }

  @Test
  void who_writes_first_becomes_a_lead_who_can_be_reached_by_that_contact() {
    keep(new Inbound.Said("a", NOON, "messenger", "telegram:77", "hello", null));

    assertThat(events).extracting(Event::what).containsExactly("identify", "Chat Message Received");
    assertThat(events).extracting(Event::anonymousId).containsOnly("ripen:telegram:77");
    assertThat(events.getFirst().traits().path("telegram").asString()).isEqualTo("77");
  }

  @Test
  void who_writes_to_a_facebook_page_is_a_lead_known_by_that_contact() {
    String anna = "messenger:4627193850172931";
    keep(new Inbound.Said("a", NOON, "messenger", anna, "hello", null));

    assertThat(events).extracting(Event::what).containsExactly("identify", "Chat Message Received");
    assertThat(events).extracting(Event::anonymousId).containsOnly("ripen:" + anna);
    assertThat(events.getFirst().traits().path("messenger").asString())
        .isEqualTo("4627193850172931");

    keep(new Inbound.OptedOut("b", NOON, "messenger", anna, "STOP"));
    assertThat(
            context
                .getBean(Consents.class)
                .permission(UUID.randomUUID(), "messenger", "transactional", anna))
        .isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void an_e_mail_of_a_stranger_makes_no_lead() {
    keep(new Inbound.Said("a", NOON, "email", "spam@example.org", "buy", null));
    assertThat(events).isEmpty();
  }

  @Test
  void who_opens_a_messenger_by_our_link_is_the_lead_who_got_it() {
    String token = links.contact(ANNA);
    assertThat(token).hasSizeLessThanOrEqualTo(64).matches("[A-Za-z0-9_-]+");

    keep(
        new Inbound.Opened("a", NOON, "messenger", "telegram:77", token),
        new Inbound.Opened("b", NOON, "messenger", "telegram:78", "forged" + token));

    assertThat(events.get(0).leadId()).isEqualTo(ANNA);
    assertThat(events.get(0).anonymousId()).isEqualTo("ripen:telegram:77");
    assertThat(events.get(0).traits().path("telegram").asString()).isEqualTo("77");
    assertThat(events.get(2).leadId()).as("a forged link").isNull();
  }

  @Test
  void where_the_answer_was_lost_a_report_tells_what_the_provider_calls_the_message() {
    jdbc.sql("update touch set provider_id = null where key = ?").param(KEY).update();

    keep(
        new Inbound.Delivered("a", NOON, "SM7", KEY + "." + ANNA),
        new Inbound.Seen("b", NOON, "SM8", KEY + "." + ANNA));

    assertThat(
            jdbc.sql("select provider_id from touch where key = ?")
                .param(KEY)
                .query(String.class)
                .single())
        .isEqualTo("SM7");
  }

  @Test
  void what_it_cost_is_kept() {
    keep(
        new Inbound.Priced(
            "a", NOON, "SM1", null, new BigDecimal("0.0790"), Currency.getInstance("USD")));

    assertThat(
            jdbc.sql("select cost || ' ' || cost_currency from touch where key = ?")
                .param(KEY)
                .query(String.class)
                .single())
        .isEqualTo("0.0790 USD");
  }

  private void keep(Inbound... inbound) {
    keepInbound.keep(List.of(inbound));
  }

  private Permission permission(String purpose) {
    return context.getBean(Consents.class).permission(ANNA, "sms", purpose, PHONE);
  }

  private void touch(String channel, String providerId) {
    touch(channel, providerId, KEY);
  }

  private void touch(String channel, String providerId, long key) {
    jdbc.sql(
            """
            insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
              process_instance_key, message, priority, state, provider_id, planned_at,
              handed_over_at)
            values (?, ?, ?, 'marketing', 'abandoned-cart', 1, 'send', 1, 'reminder', 'normal',
              'accepted', ?, ?, ?)
            """)
        .params(key, ANNA, channel, providerId, utc(NOON), utc(NOON.minusSeconds(60)))
        .update();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
