package io.ripen.engine.inbound;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.channels.Listener;
import io.ripen.channels.email.ImapListener;
import io.ripen.channels.email.ImapServer;
import io.ripen.channels.email.Inbox;
import io.ripen.channels.email.SmtpServer.Encryption;
import io.ripen.channels.telegram.TelegramBot;
import io.ripen.channels.telegram.TelegramListener;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.testing.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.SimpleStatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A mailbox and a bot that are not heard are told of, with the reason and what to do. */
class ListeningIT {

  private final DataSource database = TestDatabase.migratedForAnyUse();
  private final JdbcClient sql = JdbcClient.create(database);
  private final ListeningJdbc table = new ListeningJdbc(sql);
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ListeningMetrics metrics =
      new ListeningMetrics(List.of("email", "telegram"), table, meters);
  private @Nullable Loop loop;
  private @Nullable GreenMail mailServer;
  private @Nullable WireMockServer telegram;

  @AfterEach
  void stop() {
    if (loop != null) {
      loop.stop();
    }
    if (mailServer != null) {
      mailServer.stop();
    }
    if (telegram != null) {
      telegram.stop();
    }
  }

  @Test
  void a_mailbox_that_goes_away_is_told_after_a_quarter_of_an_hour_and_comes_back_by_itself() {
    int port = mailServerOn(0);
    listen(mailbox(port));
    soon(() -> assertThat(health("email").getStatus()).isEqualTo(Status.UP));
    assertThat(health("email").getDetails()).containsOnlyKeys("heardAt");
    assertThat(age("email")).isBetween(0.0, 120.0);

    Objects.requireNonNull(mailServer).stop();
    soon(
        () ->
            assertThat(health("email").getDetails().get("problem"))
                .asString()
                .startsWith("the mailbox at 127.0.0.1:%d cannot be read: ".formatted(port)));
    assertThat(health("email").getStatus()).as("it may be back in a moment").isEqualTo(Status.UP);

    moreThanAQuarterOfAnHourGoesBy();
    assertThat(health("email").getStatus()).isEqualTo(ListeningHealth.CUT_OFF);
    assertThat(health("email").getDetails()).containsOnlyKeys("heardAt", "problem", "remedy");
    assertThat(age("email")).isGreaterThan(900);

    mailServerOn(port);
    Objects.requireNonNull(loop).wake();
    soon(() -> assertThat(health("email").getStatus()).isEqualTo(Status.UP));
    assertThat(health("email").getDetails()).containsOnlyKeys("heardAt");
    assertThat(age("email")).isBetween(0.0, 120.0);
  }

  @Test
  void a_token_that_telegram_takes_no_more_is_told() {
    telegramAnswers(200, "{\"ok\":true,\"result\":[]}");
    listen(bot());
    soon(() -> assertThat(health("telegram").getStatus()).isEqualTo(Status.UP));

    telegramAnswers(401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
    soon(
        () ->
            assertThat(health("telegram").getDetails().get("problem"))
                .asString()
                .contains("is its token right")
                .doesNotContain("secret"));
    moreThanAQuarterOfAnHourGoesBy();
    assertThat(health("telegram").getStatus()).isEqualTo(ListeningHealth.CUT_OFF);
  }

  @Test
  void one_that_was_never_heard_counts_from_the_first_try() {
    assertThat(health("telegram").getStatus()).isEqualTo(Status.UNKNOWN);
    telegramAnswers(502, "Bad Gateway");
    listen(bot());
    soon(() -> assertThat(health("telegram").getDetails()).containsKey("problem"));
    assertThat(health("telegram").getStatus()).isEqualTo(Status.UP);

    moreThanAQuarterOfAnHourGoesBy();
    assertThat(health("telegram").getStatus()).isEqualTo(ListeningHealth.CUT_OFF);
    assertThat(age("telegram")).isGreaterThan(900);
  }

  @Test
  void one_that_is_cut_off_makes_no_engine_look_worse() {
    assertThat(new SimpleStatusAggregator().getAggregateStatus(Status.UP, ListeningHealth.CUT_OFF))
        .isEqualTo(Status.UP);
  }

  private int mailServerOn(int port) {
    mailServer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    mailServer.start();
    mailServer.setUser("bounce@mail.example.com", "bounce", "secret");
    return mailServer.getImap().getPort();
  }

  private static Listener mailbox(int port) {
    Duration timeout = Duration.ofSeconds(20);
    return new ImapListener(
        new ImapServer(
            "127.0.0.1",
            port,
            "bounce",
            "secret",
            Encryption.NONE,
            "INBOX",
            "Ripen",
            timeout,
            timeout,
            Duration.ofMinutes(9),
            Map.of()),
        new Inbox(null, Clock.systemUTC()));
  }

  private void telegramAnswers(int status, String body) {
    if (telegram == null) {
      telegram = new WireMockServer(options().dynamicPort());
      telegram.start();
    }
    telegram.resetMappings();
    // As long polls do, it does not answer at once.
    telegram.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withFixedDelay(50)
                    .withHeader("Content-Type", "application/json")
                    .withBody(body)));
  }

  private Listener bot() {
    return new TelegramListener(
        new TelegramBot(
            "42:AAHsecret-token_of-the-bot0123456789",
            URI.create(Objects.requireNonNull(telegram).baseUrl()),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10)));
  }

  private void listen(Listener listener) {
    loop = InboundConfiguration.loop(new NotedListener(listener, table), inbound -> {}, database);
    loop.start();
  }

  private void moreThanAQuarterOfAnHourGoesBy() {
    sql.sql("update listening set heard_at = heard_at - interval '16 minutes'").update();
  }

  private Health health(String channel) {
    return new ListeningHealth(table, channel).health();
  }

  private double age(String channel) {
    boolean unused = metrics.run();
    return meters.get("ripen.listening.age").tag("channel", channel).gauge().value();
  }

  private static void soon(ThrowingRunnable assertion) {
    await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion);
  }
}
