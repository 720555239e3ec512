package io.ripen.channels.telegram;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.ripen.channels.telegram.TelegramUpdates.edited;
import static io.ripen.channels.telegram.TelegramUpdates.group;
import static io.ripen.channels.telegram.TelegramUpdates.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import io.ripen.channels.Listener.Unavailable;
import io.ripen.channels.Webhook.Answer.Taken;
import io.ripen.channels.Webhook.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is confirmed that is not kept, and nothing is stuck. */
class TelegramListenerTest {

  private final TelegramServer telegram = new TelegramServer();
  private final TelegramListener listener = new TelegramListener(telegram.bot());
  private final List<String> kept = new ArrayList<>();

  @AfterEach
  void stop() {
    telegram.close();
  }

  private void listen() throws Unavailable, InterruptedException {
    listener.listen(this::keep);
  }

  private void keep(List<Inbound> inbound) {
    inbound.forEach(i -> kept.add(i.id()));
  }

  private boolean lastAskHadOffset() {
    return telegram.arguments().getFirst().has("offset");
  }

  @Test
  void what_is_kept_is_confirmed_by_the_next_question() throws Exception {
    telegram.tells(said(7, "Hello"));
    telegram.tells(said(8, "Anybody?"));
    listen();
    assertThat(telegram.waiting()).as("not confirmed before it is kept").isEqualTo(2);

    listen();

    assertThat(kept).containsExactly("telegram:42/7", "telegram:42/8");
    assertThat(telegram.waiting()).isZero();
  }

  @Test
  void what_the_sink_did_not_keep_is_told_again() throws Exception {
    telegram.tells(said(7, "Hello"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  listener.listen(
                      inbound -> {
                        throw new IllegalStateException("the database is away");
                      }))
          .hasMessage("the database is away");
    }
    assertThat(lastAskHadOffset()).isFalse();

    listen();

    assertThat(kept).containsExactly("telegram:42/7");
  }

  @Test
  void tells_when_it_has_heard_all_and_not_before() throws Exception {
    List<String> told = new ArrayList<>();
    Listener.Sink sink =
        new Listener.Sink() {
          @Override
          public void keep(List<Inbound> inbound) {
            told.add("kept");
            if (told.size() == 1) {
              throw new IllegalStateException("the database is away");
            }
          }

          @Override
          public void heardAll() {
            told.add("heard");
          }
        };
    telegram.tells(said(7, "Hello"));
    assertThatThrownBy(() -> listener.listen(sink)).isInstanceOf(IllegalStateException.class);
    telegram.answering(502, "Bad Gateway", null);
    assertThatThrownBy(() -> listener.listen(sink)).isInstanceOf(Unavailable.class);
    telegram.healthy();
    listener.listen(sink);
    listener.listen(sink);

    assertThat(told).containsExactly("kept", "kept", "heard", "heard");
  }

  @Test
  void what_was_kept_stays_kept_when_a_later_batch_is_not() throws Exception {
    telegram.tells(said(7, "Hello"));
    listen();
    telegram.tells(said(8, "Anybody?"));
    assertThatThrownBy(
            () ->
                listener.listen(
                    inbound -> {
                      keep(inbound);
                      throw new IllegalStateException("the database is away");
                    }))
        .isInstanceOf(IllegalStateException.class);
    listen();

    assertThat(kept).containsExactly("telegram:42/7", "telegram:42/8", "telegram:42/8");
  }

  @Test
  void a_process_that_died_before_it_confirmed_hears_the_same_again() throws Exception {
    telegram.tells(said(7, "Hello"));
    listen();

    new TelegramListener(telegram.bot()).listen(this::keep);

    assertThat(kept).containsExactly("telegram:42/7", "telegram:42/7");
  }

  @Test
  void a_webhook_gives_the_same_ids() throws Exception {
    telegram.tells(said(7, "Hello"));
    List<Inbound> polled = new ArrayList<>();
    listener.listen(polled::addAll);

    String secret = "our-secret_0123456789";
    Request request =
        new Request(
            "POST",
            "https://ripen.example/hooks/telegram",
            Map.of("x-telegram-bot-api-secret-token", List.of(secret)),
            said(7, "Hello"));

    assertThat(new TelegramWebhook(telegram.bot(), secret).receive(request))
        .isEqualTo(new Taken(polled));
  }

  @Test
  void what_cannot_be_used_holds_up_nothing() throws Exception {
    telegram.tells(group(7));
    telegram.tells(edited(8));
    telegram.tells("{\"update_id\":9,\"message\":{\"chat\":[]}}");
    telegram.tells("{\"update_id\":10,\"thought\":{}}");
    telegram.tells(said(11, "Hello"));
    listen();
    listen();

    assertThat(kept).containsExactly("telegram:42/11");
    assertThat(telegram.waiting()).isZero();
  }

  @Test
  void updates_of_no_use_do_not_bother_the_sink() throws Exception {
    telegram.tells(group(7));
    listener.listen(
        inbound -> {
          throw new AssertionError("there is nothing to keep");
        });
    listen();

    assertThat(telegram.waiting()).isZero();
  }

  @Test
  void after_a_silent_week_telegram_may_count_on_from_anywhere() throws Exception {
    telegram.tells(said(900_000, "Hello"));
    listen();
    listen();
    telegram.tells(said(17, "A month later"));
    listen();

    assertThat(kept).containsExactly("telegram:42/900000", "telegram:42/17");
  }

  @Test
  void only_one_may_listen() {
    telegram.othersPoll(true);

    assertThatThrownBy(this::listen)
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "another program asks for this bot's messages: stop it, or give it its own bot");
  }

  @Test
  void a_webhook_is_in_the_way_until_it_is_deleted() throws Exception {
    new TelegramWebhook(telegram.bot(), "our-secret_0123456789")
        .register(java.net.URI.create("https://ripen.example/hooks/telegram"));
    telegram.tells(said(7, "Hello"));
    assertThatThrownBy(this::listen)
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "the bot has a webhook, so that it cannot be asked: delete the webhook, or use it");

    listener.deleteWebhook();
    listener.deleteWebhook();
    listen();

    assertThat(kept).containsExactly("telegram:42/7");
  }

  @Test
  void telegram_away_is_told_and_loses_nothing() throws Exception {
    telegram.tells(said(7, "Hello"));
    listen();
    telegram.tells(said(8, "Anybody?"));
    telegram.answering(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    assertThatThrownBy(this::listen).isInstanceOf(Unavailable.class);
    telegram.answering(502, "Bad Gateway", null);
    assertThatThrownBy(this::listen)
        .isInstanceOf(Unavailable.class)
        .hasMessage("Telegram answered 502 Bad Gateway");
    telegram.answering(429, "Too Many Requests: retry after 3", "{\"retry_after\":3}");
    assertThatThrownBy(this::listen)
        .isInstanceOf(Unavailable.class)
        .hasMessage("Telegram answered 429 Too Many Requests: retry after 3; it asks to wait 3 s");
    telegram.answering(401, "Unauthorized", null);
    assertThatThrownBy(this::listen)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("is its token right");

    telegram.healthy();
    listen();

    assertThat(kept).containsExactly("telegram:42/7", "telegram:42/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what?",
        "{\"ok\":true}",
        "{\"ok\":true,\"result\":{}}",
        "{\"ok\":true,\"result\":[{}]}"
      })
  void an_answer_that_cannot_be_read_is_told(String body) {
    telegram.answering(aResponse().withBody(body));

    assertThatThrownBy(this::listen).isInstanceOf(Unavailable.class);
  }

  @Test
  void who_is_interrupted_stops_soon() throws Exception {
    telegram.slow(Duration.ofSeconds(30));
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    listen();
                  } catch (Exception e) {
                    end.set(e);
                  }
                });
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }
}
