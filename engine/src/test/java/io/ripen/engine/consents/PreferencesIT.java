package io.ripen.engine.consents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.events.Event;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.testing.TestViews;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import tools.jackson.databind.node.JsonNodeFactory;

/** The page on which people choose, on a real database. */
class PreferencesIT {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final ConsentsJdbc consents = new ConsentsJdbc(sql, PrivacyFixture.HASH);
  private final List<Event> events = new ArrayList<>();
  private final SignedLinks links = Links.signedAt(clock);
  private final UUID lead = UUID.randomUUID();
  private final TouchRef touch =
      new TouchRef(4_503L, lead, "email", "marketing", "abandoned-cart", "serviceTask_remind");
  private final MockMvc server =
      TestViews.of(
          new PreferencesController(
              links,
              new Preferences(
                  new PreferencesJdbc(JdbcClient.create(sql)),
                  consents,
                  new SuppressionsJdbc(sql, PrivacyFixture.HASH),
                  events::add,
                  clock)));
  private final String path = URI.create(links.preferences(touch)).getPath();

  @BeforeEach
  void start() {
    sql.update(
        "insert into lead (id, email, locale, time_zone, first_seen_at, last_seen_at)"
            + " values (?, 'anna@example.org', 'hu-HU', 'Europe/Budapest', now(), now())",
        lead);
    agrees("email", true);
    agrees("sms", true);
    agrees("messenger", false);
  }

  @Test
  void the_page_says_what_one_gets_and_changes_nothing() throws Exception {
    Document page = page(Locale.ENGLISH);

    assertThat(page.select("input[name=topic]").eachAttr("value"))
        .containsExactly(
            "email.marketing", "email.newsletter", "messenger.marketing", "sms.marketing");
    assertThat(page.select("input[checked]").eachAttr("value"))
        .containsExactly("email.marketing", "sms.marketing");
    assertThat(page.select("input[disabled]").eachAttr("value"))
        .as("nobody can begin here what comes by another way")
        .containsExactly("messenger.marketing");
    assertThat(page.select("#language option[selected]").val()).isEqualTo("hu");
    assertThat(page.select("#zone").val()).isEqualTo("Europe/Budapest");
    assertThat(events).isEmpty();
  }

  @Test
  void it_speaks_the_language_of_the_browser() throws Exception {
    assertThat(page(Locale.forLanguageTag("ru")).select("h1").text())
        .isEqualTo("Что вы от нас получаете");
    assertThat(page(Locale.forLanguageTag("hu")).select("html").attr("lang")).isEqualTo("hu");
    assertThat(page(Locale.GERMAN).select("html").attr("lang")).isEqualTo("en");
  }

  @Test
  void what_is_not_ticked_any_more_ends_at_once_and_what_is_begins() throws Exception {
    save("topic", "email.newsletter");

    assertThat(permission("email", "marketing")).isInstanceOf(Permission.Suppressed.class);
    assertThat(permission("sms", "marketing")).isInstanceOf(Permission.Withdrawn.class);
    assertThat(permission("email", "newsletter")).isEqualTo(new Permission.Granted());
    assertThat(events)
        .extracting(event -> event.name() + " " + event.properties().path("channel").asString())
        .containsExactly(
            "Consent Withdrawn email", "Consent Granted email", "Consent Withdrawn sms");
    assertThat(events).extracting(Event::messageId).doesNotHaveDuplicates();
  }

  @Test
  void what_the_link_does_not_prove_cannot_be_begun() throws Exception {
    save("topic", "email.marketing,sms.marketing,messenger.marketing,push.marketing");

    assertThat(permission("messenger", "marketing")).isInstanceOf(Permission.Withdrawn.class);
    assertThat(permission("push", "marketing")).isEqualTo(new Permission.NeverGiven());
    assertThat(events).isEmpty();
  }

  @Test
  void a_pause_holds_and_can_be_ended() throws Exception {
    save("topic", "email.marketing,sms.marketing", "pause", "P14D");
    assertThat(permission("email", "marketing"))
        .isEqualTo(new Permission.Granted(NOW.plus(Duration.ofDays(14))));
    assertThat(page(Locale.ENGLISH).select("#pause option[selected]").text())
        .isEqualTo("Paused until 2026-03-15.");

    save("topic", "email.marketing,sms.marketing", "pause", "");
    assertThat(permission("email", "marketing"))
        .isEqualTo(new Permission.Granted(NOW.plus(Duration.ofDays(14))));
    save("topic", "email.marketing,sms.marketing", "pause", "none");
    assertThat(permission("email", "marketing")).isEqualTo(new Permission.Granted());
  }

  @Test
  void language_and_zone_are_told_of_the_lead() throws Exception {
    save("topic", "email.marketing,sms.marketing", "language", "ru", "zone", "Asia/Tokyo");

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("identify");
              assertThat(event.leadId()).isEqualTo(lead);
              assertThat(event.traits().toString())
                  .isEqualTo("{\"locale\":\"ru\",\"timezone\":\"Asia/Tokyo\"}");
            });
    events.clear();
    save("topic", "email.marketing,sms.marketing", "language", "xx", "zone", "<nowhere>");
    assertThat(events).isEmpty();
  }

  /** The lead's locale is hu-HU: told back as hu, their country and its holidays would be gone. */
  @Test
  void what_is_as_it_was_is_not_told() throws Exception {
    save("topic", "email.marketing,sms.marketing", "language", "hu", "zone", "Europe/Budapest");
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "de-DE")
  void a_language_that_is_none_of_the_page_s_stays_as_it_is(String locale) throws Exception {
    sql.update("update lead set locale = ? where id = ?", locale, lead);
    Document page = page(Locale.ENGLISH);
    assertThat(page.select("#language option[selected]").eachAttr("value")).containsExactly("");

    save("topic", "email.marketing,sms.marketing", "language", "", "zone", "Europe/Budapest");
    assertThat(events).isEmpty();
    save("topic", "email.marketing,sms.marketing", "language", "en", "zone", "Europe/Budapest");
    assertThat(events.getFirst().traits().toString()).isEqualTo("{\"locale\":\"en\"}");
  }

  /** The event that tells it is under way for a while. */
  @Test
  void the_page_after_saving_shows_what_was_saved() throws Exception {
    Document page =
        save("topic", "email.marketing", "language", "ru", "zone", "Asia/Tokyo", "pause", "P14D");

    assertThat(page.select("[role=status]").text()).isEqualTo("Saved.");
    assertThat(page.select("input[checked]").eachAttr("value")).containsExactly("email.marketing");
    assertThat(page.select("#language option[selected]").val()).isEqualTo("ru");
    assertThat(page.select("#zone").val()).isEqualTo("Asia/Tokyo");
    assertThat(page.select("#pause option[selected]").text()).isEqualTo("Paused until 2026-03-15.");
  }

  /** Somebody else typed another address in the same browser since. */
  @Test
  void a_yes_is_shown_and_begun_for_the_address_that_the_link_was_sent_to() throws Exception {
    wentTo("anna@example.org", touch);
    sql.update("update lead set email = 'bob@example.org' where id = ?", lead);
    Document page = save("topic", "email.marketing,email.newsletter,sms.marketing");

    assertThat(page.select("input[checked]").eachAttr("value")).contains("email.newsletter");
    assertThat(permission("email", "newsletter")).isEqualTo(new Permission.Granted());
    assertThat(consents.permission(lead, "email", "newsletter", "bob@example.org"))
        .isEqualTo(new Permission.NeverGiven());
  }

  @Test
  void the_yes_of_whoever_has_the_lead_s_address_now_is_not_the_reader_s() throws Exception {
    wentTo("anna@example.org", touch);
    sql.update("update lead set email = 'bob@example.org' where id = ?", lead);
    agrees("email", "newsletter", "bob@example.org");
    assertThat(page(Locale.ENGLISH).select("input[checked]").eachAttr("value"))
        .containsExactly("email.marketing", "sms.marketing");

    save("topic", "email.marketing,email.newsletter,sms.marketing");
    assertThat(permission("email", "newsletter")).isEqualTo(new Permission.Granted());
    assertThat(consents.permission(lead, "email", "newsletter", "bob@example.org"))
        .as("his stays his")
        .isEqualTo(new Permission.Granted());
  }

  @Test
  void a_yes_by_messenger_is_for_no_address_though_the_link_was_sent_to_one() throws Exception {
    TouchRef told =
        new TouchRef(4_504L, lead, "messenger", "marketing", "abandoned-cart", "serviceTask_nudge");
    wentTo("telegram:42", told);
    String page = URI.create(links.preferences(told)).getPath();
    answer(post(page).param("topic", "email.marketing", "sms.marketing", "messenger.marketing"));

    assertThat(events).extracting(Event::name).containsExactly("Consent Granted");
    assertThat(consents.permission(lead, "messenger", "marketing", "whatsapp:36301234567"))
        .isEqualTo(new Permission.Granted());
    assertThat(answer(get(page)).select("input[checked]").eachAttr("value"))
        .contains("messenger.marketing");
  }

  @Test
  void a_token_of_another_page_opens_nothing() throws Exception {
    String other = URI.create(links.unsubscribe(touch)).getPath();
    server.perform(get("/preferences/" + Links.token(other))).andExpect(status().isNotFound());
  }

  private Document page(Locale locale) throws Exception {
    return answer(get(path).locale(locale));
  }

  private Document save(String... fields) throws Exception {
    var request = post(path).locale(Locale.ENGLISH);
    for (int i = 0; i < fields.length; i += 2) {
      request.param(fields[i], fields[i + 1].split(","));
    }
    return answer(request);
  }

  private Document answer(RequestBuilder request) throws Exception {
    return Jsoup.parse(
        server
            .perform(request)
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString());
  }

  private Permission permission(String channel, String purpose) {
    return consents.permission(lead, channel, purpose, "anna@example.org");
  }

  private void wentTo(String address, TouchRef sent) {
    sql.update(
        """
        insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
          process_instance_key, message, priority, state, planned_at, handed_over_at, sent_to)
        values (?, ?, ?, ?, ?, 1, ?, 1, 'reminder', 'normal', 'accepted', now(), now(), md5(?))
        """,
        sent.touch(),
        sent.leadId(),
        sent.channel(),
        sent.purpose(),
        sent.flow(),
        sent.element(),
        address);
  }

  private void agrees(String channel, String purpose, String address) {
    consents.record(
        List.of(
            new ConsentChange(
                lead,
                channel,
                purpose,
                true,
                Instant.parse("2026-02-01T00:00:00Z"),
                JsonNodeFactory.instance.objectNode(),
                address)));
  }

  private void agrees(String channel, boolean granted) {
    consents.record(
        List.of(
            new ConsentChange(
                lead,
                channel,
                "marketing",
                granted,
                Instant.parse("2026-02-01T00:00:00Z"),
                JsonNodeFactory.instance.objectNode())));
  }
}
