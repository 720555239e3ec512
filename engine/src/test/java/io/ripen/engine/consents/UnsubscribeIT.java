package io.ripen.engine.consents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import io.ripen.engine.privacy.KeyedHash;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.testing.TestViews;
import java.io.File;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import tools.jackson.databind.node.JsonNodeFactory;

/** The page and the one-click POST, on a real database. */
class UnsubscribeIT {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate sql = new JdbcTemplate(database);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final UUID lead = UUID.randomUUID();
  private final TouchRef touch =
      new TouchRef(4_503L, lead, "email", "marketing", "abandoned-cart", "serviceTask_remind");
  private MockMvc server;
  private Consents consents;
  private String path;

  @BeforeEach
  void start() {
    context.getEnvironment().setActiveProfiles("engine");
    context.registerBean(DataSource.class, () -> database);
    context.registerBean(JdbcTemplate.class, () -> sql);
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
    context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(database));
    context.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
    context.registerBean(EventPublisher.class, () -> kafka);
    context.registerBean(EventJson.class);
    context.registerBean(
        RipenProperties.class,
        () ->
            new RipenProperties(
                URI.create("https://go.example.com"), "k".repeat(32), new File(".")));
    context.registerBean(KeyedHash.class, () -> PrivacyFixture.HASH);
    context.register(Beans.class);
    context.refresh();
    server = TestViews.of(context.getBean(UnsubscribeController.class));
    consents = context.getBean(Consents.class);
    path = URI.create(context.getBean(SignedLinks.class).unsubscribe(touch)).getPath();
    sql.update(
        "insert into lead (id, email, first_seen_at, last_seen_at)"
            + " values (?, 'anna@example.org', now(), now())",
        lead);
    agrees(Instant.parse("2026-02-01T00:00:00Z"));
  }

  @AfterEach
  void stop() {
    context.close();
  }

  private void agrees(Instant at) {
    consents.record(
        List.of(
            new ConsentChange(
                lead, "email", "marketing", true, at, JsonNodeFactory.instance.objectNode())));
  }

  private Permission permission() {
    return consents.permission(lead, "email", "marketing", "anna@example.org");
  }

  @Test
  void looking_at_the_page_changes_nothing() throws Exception {
    server
        .perform(get(path))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(content().string(containsString("<form method=\"post\">")))
        .andExpect(content().string(containsString("marketing e-mails")));
    server.perform(head(path)).andExpect(status().isOk());

    assertThat(permission()).isEqualTo(new Permission.Granted());
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void the_button_unsubscribes_at_once() throws Exception {
    server
        .perform(post(path).header("User-Agent", "Firefox"))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("You are unsubscribed")));

    assertThat(permission()).isInstanceOf(Permission.Suppressed.class);
    assertThat(
            sql.queryForObject(
                "select concat(proof ->> 'wording', proof ->> 'touch', proof ->> 'userAgent')"
                    + " from consent where not granted",
                String.class))
        .isEqualTo("page4503Firefox");
    await().atMost(Duration.ofMinutes(1)).until(() -> !kafka.published().isEmpty());
    Event event = kafka.published().getLast();
    assertThat(event.name()).isEqualTo("Message Unsubscribed");
    assertThat(event.leadId()).isEqualTo(lead);
    assertThat(event.properties().path("flow").asString()).isEqualTo("abandoned-cart");
    assertThat(event.properties().path("purpose").asString())
        .as("who leaves the newsletter goes on with the rest")
        .isEqualTo("marketing");
  }

  @Test
  void one_click_of_a_mail_program_unsubscribes() throws Exception {
    server
        .perform(
            post(path)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .content("List-Unsubscribe=One-Click"))
        .andExpect(status().isOk());

    assertThat(permission()).isInstanceOf(Permission.Suppressed.class);
    assertThat(
            sql.queryForObject(
                "select proof ->> 'wording' from consent where not granted", String.class))
        .isEqualTo("one-click");
  }

  @Test
  void one_click_may_come_as_multipart_too() throws Exception {
    server
        .perform(
            post(path)
                .contentType("multipart/form-data; boundary=x")
                .content(
                    """
                    --x\r
                    Content-Disposition: form-data; name="List-Unsubscribe"\r
                    \r
                    One-Click\r
                    --x--\r
                    """))
        .andExpect(status().isOk());

    assertThat(permission()).isInstanceOf(Permission.Suppressed.class);
    assertThat(
            sql.queryForObject(
                "select proof ->> 'wording' from consent where not granted", String.class))
        .isEqualTo("one-click");
  }

  @Test
  void doing_it_again_changes_nothing() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.perform(post(path)).andExpect(status().isOk());
    }

    assertThat(sql.queryForObject("select count(*) from consent where not granted", Integer.class))
        .isEqualTo(1);
    await().atMost(Duration.ofMinutes(1)).until(() -> kafka.published().size() == 3);
    assertThat(kafka.published().stream().map(Event::messageId).distinct())
        .as("one event, however often it is told")
        .hasSize(1);
  }

  @Test
  void it_holds_against_a_yes_from_a_clock_that_is_ahead() throws Exception {
    agrees(NOW.plusSeconds(3600));

    server.perform(post(path)).andExpect(status().isOk());

    assertThat(permission()).isInstanceOf(Permission.Suppressed.class);
  }

  @Test
  void kafka_in_trouble_does_not_matter() throws Exception {
    kafka.fails();

    server.perform(post(path)).andExpect(status().isOk());

    assertThat(permission()).isInstanceOf(Permission.Suppressed.class);

    await().atMost(Duration.ofMinutes(1)).until(() -> kept() == 1);
    kafka.recovers();
    await().atMost(Duration.ofMinutes(1)).until(() -> !kafka.published().isEmpty());
    Event event = kafka.published().getLast();
    assertThat(event.name()).isEqualTo("Message Unsubscribed");
    assertThat(event.leadId()).isEqualTo(lead);
    assertThat(event.occurredAt()).isEqualTo(NOW);
    await().atMost(Duration.ofMinutes(1)).until(() -> kept() == 0);
  }

  private int kept() {
    return sql.queryForObject("select count(*) from event_outbox", Integer.class);
  }

  @Test
  void a_database_in_trouble_is_told_and_nothing_is_claimed() throws Exception {
    sql.execute("alter table consent rename to consent_away");

    server
        .perform(post(path))
        .andExpect(status().isServiceUnavailable())
        .andExpect(content().string(containsString("still subscribed")));
  }

  @Test
  void a_link_that_we_did_not_make_unsubscribes_nobody() throws Exception {
    for (String forged : List.of("/unsubscribe/abc", path + "A", path.replace(path, path + "x"))) {
      server.perform(get(forged)).andExpect(status().isNotFound());
      server
          .perform(post(forged))
          .andExpect(status().isNotFound())
          .andExpect(content().string(containsString("This link does not work")));
    }
    assertThat(permission()).isEqualTo(new Permission.Granted());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement
  @ComponentScan({"io.ripen.engine.consents", "io.ripen.engine.links"})
  static class Beans {}
}
