package io.ripen.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.http.Fault;
import io.ripen.channels.SettableClock;
import io.ripen.channels.ShortMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Our secrets, and people's numbers and texts, stand in what we send to Twilio and nowhere else.
 */
class SecretsStayInsideTest {

  private static final String NUMBER = "36301234567";
  private static final String TEXT = "Anna, your mug waits";
  private static final String BASIC =
      Base64.getEncoder()
          .encodeToString((TwilioServer.KEY + ":" + TwilioServer.SECRET).getBytes(UTF_8));

  private final SettableClock clock = new SettableClock();
  private final TwilioServer twilio = new TwilioServer(clock);
  private final StringBuffer seen = new StringBuffer();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
  private final java.util.logging.Logger jdk = LogManager.getLogManager().getLogger("");
  private final Level before = root.getLevel();
  private final Handler handler = new Remembering();

  @BeforeEach
  void listenToAllLogs() {
    root.setLevel(Level.ALL);
    log.start();
    root.addAppender(log);
    jdk.addHandler(handler);
    jdk.setLevel(java.util.logging.Level.ALL);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    root.setLevel(before);
    jdk.removeHandler(handler);
    jdk.setLevel(java.util.logging.Level.INFO);
    twilio.close();
  }

  @Test
  void whatever_goes_wrong() {
    TwilioAccount account = twilio.account(Duration.ofSeconds(2));
    tryEverything(account);
    for (Fault fault : Fault.values()) {
      twilio.answering(aResponse().withFault(fault));
      tryEverything(account);
    }
    for (int status : new int[] {201, 302, 400, 401, 404, 429, 500, 503}) {
      twilio.answering(
          status,
          status == 400 ? 21999 : 20003,
          "odd: %s wrote '%s' to +%s, and to +36 30 123-4567"
              .formatted(TwilioServer.SECRET, TEXT, NUMBER)
              .replace(TwilioServer.SECRET, status == 400 ? "somebody" : TwilioServer.SECRET));
      tryEverything(account);
      twilio.answering(aResponse().withStatus(status).withBody("{odd " + BASIC + TEXT + NUMBER));
      tryEverything(account);
    }
    twilio.slow(Duration.ofSeconds(10));
    tryEverything(account);
    for (String api : List.of("http://127.0.0.1:1", "https://127.0.0.1:" + twilio.port())) {
      tryEverything(TwilioServer.at(api, TwilioServer.SECRET, Duration.ofSeconds(2)));
    }

    log.list.stream()
        .filter(event -> !event.getLoggerName().contains("wiremock"))
        .forEach(event -> seen.append(event.getFormattedMessage()).append('\n'));
    assertThat(seen.toString())
        .contains("Uncertain", "Retryable", "Rejected", "TwilioAccount[AC")
        .doesNotContain(TwilioServer.SECRET, BASIC, NUMBER, TEXT, "123-4567");
  }

  @Test
  void a_secret_in_the_wrong_place_is_not_shown_either() {
    String secret = TwilioServer.SECRET;
    assertThatThrownBy(() -> TwilioAccount.withAuthToken(secret, secret))
        .hasMessageNotContaining(secret);
    assertThatThrownBy(() -> TwilioAccount.withApiKey(TwilioServer.ACCOUNT, secret, secret))
        .hasMessageNotContaining(secret);
    assertThatThrownBy(
            () ->
                new TwilioAccount(
                    TwilioServer.ACCOUNT,
                    null,
                    secret,
                    URI.create("https://user:%s@example.com".formatted(secret)),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1)))
        .hasMessageNotContaining(secret);
    assertThat(
            new TwilioWebhook(List.of(secret), "", clock)
                .receive(
                    TwilioCalls.request(
                        TwilioCalls.URL, TwilioCalls.form(Map.of("Body", TEXT)), "forged"))
                .toString())
        .doesNotContain(secret, TEXT);
  }

  private void tryEverything(TwilioAccount account) {
    TwilioSender sender = new TwilioSender(TwilioServer.NUMBER, null);
    TwilioSms sms = new TwilioSms(account, sender, clock);
    TwilioWhatsApp whatsApp =
        new TwilioWhatsApp(account, sender, address -> Optional.of(clock.instant()), null, clock);
    TwilioFacebook facebook =
        new TwilioFacebook(
            account,
            new TwilioSender("messenger:103837461229380", null),
            address -> Optional.of(clock.instant()),
            clock);
    ShortMessage text = new ShortMessage("1.2", "+" + NUMBER, "", TEXT, List.of());
    ShortMessage chat = new ShortMessage("1.2", "whatsapp:+" + NUMBER, "", TEXT, List.of());
    ShortMessage page = new ShortMessage("1.2", "messenger:" + NUMBER, "", TEXT, List.of());
    seen.append(account).append('\n');
    telling(() -> seen.append(sms.send(text, () -> {})).append('\n'));
    telling(() -> seen.append(whatsApp.send(chat, () -> {})).append('\n'));
    telling(() -> seen.append(facebook.send(page, () -> {})).append('\n'));
    telling(() -> seen.append(sms.lookUp(text, clock.instant())).append('\n'));
    telling(
        () ->
            sms.send(
                text,
                () -> {
                  throw new IllegalStateException("the claim is lost");
                }));
  }

  private void telling(Runnable attempt) {
    try {
      attempt.run();
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      seen.append(trace);
    }
  }

  private final class Remembering extends Handler {
    @Override
    public void publish(LogRecord line) {
      synchronized (seen) {
        seen.append(line.getMessage()).append(line.getThrown()).append('\n');
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
