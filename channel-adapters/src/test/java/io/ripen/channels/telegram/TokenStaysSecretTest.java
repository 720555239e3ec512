package io.ripen.channels.telegram;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.ripen.channels.telegram.TelegramUpdates.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.http.Fault;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.http.HttpSender.Post;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The token stands in each address that we call, and must stand nowhere else. */
class TokenStaysSecretTest {

  private static final String SECRET = TelegramServer.TOKEN.substring(3);

  private final TelegramServer telegram = new TelegramServer();
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
    telegram.close();
  }

  @Test
  void whatever_goes_wrong() {
    TelegramBot bot = telegram.bot(Duration.ofMillis(600));
    tryEverything(bot);
    telegram.tells(group(7));
    tryEverything(bot);
    for (Fault fault : Fault.values()) {
      telegram.answering(aResponse().withFault(fault));
      tryEverything(bot);
    }
    for (int status : new int[] {302, 400, 401, 403, 404, 409, 429, 500, 502, 503}) {
      telegram.answering(status, "odd: https://api.example/bot%s/x".formatted(bot.token()), null);
      tryEverything(bot);
    }
    telegram.slow(Duration.ofSeconds(2));
    tryEverything(bot);
    for (String api :
        List.of(
            "http://127.0.0.1:1",
            "http://telegram.invalid",
            "https://127.0.0.1:" + telegram.port())) {
      tryEverything(
          new TelegramBot(bot.token(), URI.create(api), bot.connectTimeout(), bot.answerTimeout()));
    }

    log.list.stream()
        .filter(event -> !event.getLoggerName().contains("wiremock"))
        .forEach(event -> seen.append(event.getFormattedMessage()).append('\n'));
    assertThat(seen.toString()).contains("is left out").doesNotContain(SECRET);
  }

  @Test
  void a_token_that_is_none_is_not_shown_either() {
    for (String token : List.of(SECRET, TelegramServer.TOKEN + " ", "https://" + SECRET)) {
      assertThatThrownBy(() -> new TelegramBot(token))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: as @BotFather gives it")
          .hasMessageNotContaining(SECRET);
    }
    assertThatThrownBy(
            () ->
                new TelegramBot(
                    TelegramServer.TOKEN,
                    URI.create("ftp://user:%s@example.com".formatted(SECRET)),
                    Duration.ZERO,
                    Duration.ZERO))
        .hasMessageNotContaining(SECRET);
  }

  private void tryEverything(TelegramBot bot) {
    TelegramChannel channel = new TelegramChannel(bot);
    TelegramListener listener = new TelegramListener(bot);
    TelegramWebhook webhook = new TelegramWebhook(bot, "our-secret_0123456789");
    seen.append(bot).append('\n');
    seen.append(new Post(bot.url("getMe"), Map.of(), "{}", Duration.ZERO)).append('\n');
    seen.append(channel.send(new ShortMessage("1", "telegram:5", "", "Hi", List.of()), () -> {}));
    telling(listener::deleteWebhook);
    telling(() -> listener.listen(inbound -> {}));
    telling(() -> webhook.register(URI.create("https://ripen.example/hooks/telegram")));
    telling(
        () ->
            channel.send(
                new ShortMessage("1", "telegram:5", "", "Hi", List.of()),
                () -> {
                  throw new IllegalStateException("the claim is lost");
                }));
  }

  private void telling(Attempt attempt) {
    try {
      attempt.run();
    } catch (Exception e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      seen.append(trace);
    }
  }

  private interface Attempt {
    void run() throws Exception;
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
