package io.ripen.engine.consents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.events.Event;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.PublicWords;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchEventsFixture;
import io.ripen.engine.links.TouchRef;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.testing.TestViews;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.node.JsonNodeFactory;

/** The page behind the link that confirms, on real PostgreSQL. */
class ConfirmIT {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final UUID ANNA = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final TouchRef SMS =
      new TouchRef(
          4503,
          ANNA,
          "sms",
          "confirmation",
          "text-message-subscription",
          "serviceTask_sendConfirm");
  private static final TouchRef EMAIL =
      new TouchRef(
          4504,
          ANNA,
          "email",
          "transactional",
          "second-visit-subscription",
          "serviceTask_sendConfirm");

  private final JdbcTemplate sql = new JdbcTemplate(TestDatabase.migrated());
  private final ConsentsJdbc consents = new ConsentsJdbc(sql, PrivacyFixture.HASH);
  private final SuppressionsJdbc suppressions = new SuppressionsJdbc(sql, PrivacyFixture.HASH);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final List<Event> kept = new ArrayList<>();
  private boolean isAway;
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final SignedLinks links = Links.signedAt(clock);
  private final MockMvc server =
      TestViews.of(
          new ConfirmController(
              links,
              new ConfirmationsJdbc(JdbcClient.create(sql), consents, suppressions),
              TouchEventsFixture.of(kafka, this::keep, clock),
              PublicWords.source()));

  @BeforeEach
  void begin() {
    sql.update(
        "insert into lead (id, phone, email, first_seen_at, last_seen_at)"
            + " values (?, '+36301234567', 'anna@example.com', now(), now())",
        ANNA);
    sql.update(
        """
        insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
          process_instance_key, message, priority, state, planned_at, sent_to)
        values (4503, ?, 'sms', 'confirmation', 'text-message-subscription', 1, 'x', 1, 'confirm',
          'normal', 'accepted', now(), md5('+36301234567'))
        """,
        ANNA);
  }

  @ParameterizedTest
  @CsvSource({
    "en, 'Yes, please send me offers by text message', You are subscribed, Answer STOP to any",
    "ru, 'Да, присылайте мне предложения по СМС', Вы подписаны, Ответьте СТОП на любое",
    "hu, 'Igen, kérek ajánlatokat SMS-ben', Feliratkozott, hogy STOP",
    "de, 'Yes, please send me offers by text message', You are subscribed, Answer STOP to any",
  })
  void the_page_says_what_is_confirmed_and_keeps_the_words_that_were_read(
      String language, String button, String title, String end) throws Exception {
    Locale locale = Locale.forLanguageTag(language);
    String link = path(links.confirm(SMS, "marketing"));
    server
        .perform(get(link).locale(locale))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(content().string(containsString(button)));
    assertThat(kept).as("looking changes nothing").isEmpty();

    server
        .perform(post(link).locale(locale).header("User-Agent", "Phone/1"))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString(title)))
        .andExpect(content().string(containsString(end)));
    Event event = event();
    assertThat(event.name()).isEqualTo("Consent Granted");
    assertThat(event.leadId()).isEqualTo(ANNA);
    assertThat(event.properties().path("channel").asString()).isEqualTo("sms");
    assertThat(event.properties().path("purpose").asString()).isEqualTo("marketing");
    assertThat(event.properties().path("wording").asString()).isEqualTo(button);
    assertThat(event.properties().path("by").asString()).isEqualTo("double-opt-in: link");
    assertThat(event.properties().path("touch").asString()).isEqualTo("4503");
    assertThat(event.context().path("userAgent").asString()).isEqualTo("Phone/1");
  }

  @Test
  void letters_are_confirmed_as_before() throws Exception {
    server
        .perform(post(path(links.confirm(EMAIL, "newsletter"))))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("Every newsletter has a link that ends it.")));
    assertThat(event().properties().path("wording").asString())
        .isEqualTo("Yes, please send me the newsletter by e-mail");
  }

  @Test
  void pressed_twice_it_is_one_consent_and_after_a_no_another() throws Exception {
    String link = path(links.confirm(SMS, "marketing"));
    server.perform(post(link)).andExpect(status().isOk());
    server.perform(post(link)).andExpect(status().isOk());
    assertThat(kept).hasSize(2);
    assertThat(kept.stream().map(Event::messageId).distinct()).hasSize(1);

    consents.record(
        List.of(
            new ConsentChange(
                ANNA, "sms", "marketing", false, NOON, JsonNodeFactory.instance.objectNode())));
    server.perform(post(link)).andExpect(status().isOk());
    assertThat(kept).hasSize(3);
    assertThat(kept.stream().map(Event::messageId).distinct()).hasSize(2);
  }

  /** Else one could have anybody's number subscribed: ask with one's own, and change it then. */
  @Test
  void the_link_confirms_no_other_number_than_the_one_that_it_went_to() throws Exception {
    sql.update("update lead set phone = '+36309999999' where id = ?", ANNA);
    server
        .perform(post(path(links.confirm(SMS, "marketing"))))
        .andExpect(status().isGone())
        .andExpect(content().string(containsString("This link is for another address")));
    assertThat(kept).isEmpty();
  }

  /** The STOP is kept as the word of one of those who have the number, and closes it for all. */
  @Test
  void after_a_stop_of_another_lead_with_that_number_the_link_is_another_consent()
      throws Exception {
    String link = path(links.confirm(SMS, "marketing"));
    server.perform(post(link)).andExpect(status().isOk());
    Event first = event();
    consents.record(
        List.of(new ConsentChange(ANNA, "sms", "marketing", true, NOON, first.properties())));
    suppressions.suppress(
        "sms", "+36301234567", Suppressions.ALL, Suppressions.UNSUBSCRIBED, NOON.plusSeconds(1));
    assertThat(consents.permission(ANNA, "sms", "marketing", "+36301234567"))
        .isInstanceOf(Permission.Suppressed.class);

    server.perform(post(link)).andExpect(status().isOk());
    server.perform(post(link)).andExpect(status().isOk());
    assertThat(kept).hasSize(3);
    List<String> ids = kept.stream().map(Event::messageId).distinct().toList();
    assertThat(ids).hasSize(2);

    consents.record(
        List.of(
            new ConsentChange(
                ANNA, "sms", "marketing", true, NOON.plusSeconds(2), first.properties())));
    assertThat(consents.permission(ANNA, "sms", "marketing", "+36301234567"))
        .as("what the page said is so")
        .isEqualTo(new Permission.Granted());
    server.perform(post(link)).andExpect(status().isOk());
    assertThat(kept).hasSize(4);
    assertThat(kept.getLast().messageId()).as("once more").isEqualTo(ids.getLast());
  }

  @ParameterizedTest
  @CsvSource({
    "en, bounced, You are not subscribed",
    "ru, complained, Вы не подписаны",
    "hu, bounced, Nincs feliratkozva",
  })
  void nobody_is_told_that_they_are_subscribed_where_no_yes_opens_the_number(
      String language, String reason, String title) throws Exception {
    suppressions.suppress("sms", "+36301234567", Suppressions.ALL, reason, NOON);
    server
        .perform(
            post(path(links.confirm(SMS, "marketing"))).locale(Locale.forLanguageTag(language)))
        .andExpect(status().isGone())
        .andExpect(content().string(containsString(title)));
    assertThat(kept).isEmpty();
  }

  @Test
  void nobody_is_told_that_they_are_subscribed_after_they_were_erased() throws Exception {
    PrivacyFixture.erase(Objects.requireNonNull(sql.getDataSource()), clock, ANNA);
    server
        .perform(post(path(links.confirm(SMS, "marketing"))))
        .andExpect(status().isGone())
        .andExpect(content().string(containsString("You are not subscribed")));
    assertThat(kept).isEmpty();
  }

  /** As many a reader never presses again, it is kept before they are told so. */
  @Test
  void nobody_is_told_that_they_are_subscribed_before_it_is_kept() throws Exception {
    isAway = true;
    server
        .perform(post(path(links.confirm(SMS, "marketing"))))
        .andExpect(status().isServiceUnavailable())
        .andExpect(content().string(containsString("your answer was not kept")));
    assertThat(kafka.published()).isEmpty();

    isAway = false;
    server.perform(post(path(links.confirm(SMS, "marketing")))).andExpect(status().isOk());
    assertThat(kept).hasSize(1);
  }

  @Test
  void a_forged_link_says_so_in_the_readers_language() throws Exception {
    server
        .perform(post("/confirm/forged").locale(Locale.forLanguageTag("hu")))
        .andExpect(status().isNotFound())
        .andExpect(content().string(containsString("Ez a link nem működik")));
  }

  private Event event() {
    return kept.getFirst();
  }

  private void keep(Event event) {
    if (isAway) {
      throw new DataAccessResourceFailureException("away");
    }
    kept.add(event);
  }

  private static String path(String link) {
    return link.replace("https://go.example.com", "");
  }
}
