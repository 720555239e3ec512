package io.ripen.channels.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.ShortMessage.Button;
import io.ripen.channels.guarded.Guarded;
import io.ripen.channels.guarded.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a browser shows, and what each answer of a push service means. */
class WebPushChannelTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
  private static final PushKeys KEYS = PushKeys.generate("mailto:ops@shop.example");
  private static final Button SEE = new Button("See my cart", "https://ripen.example/r/abc");

  private final PushServer server = new PushServer();
  private final Subscription phone = server.subscribe(BrowserKeys.fresh(), KEYS);
  private final WebPushChannel channel = channel(KEYS, List.of(server.origin()));
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() {
    server.close();
  }

  private static WebPushChannel channel(PushKeys keys, List<String> services) {
    return channel(keys, services, Duration.ofSeconds(10));
  }

  private static WebPushChannel channel(PushKeys keys, List<String> services, Duration within) {
    return new WebPushChannel(
        keys, new PushServices(services), Duration.ofSeconds(5), within, CLOCK);
  }

  private static PushMessage message(Subscription to, String id, String text, Button... buttons) {
    return new PushMessage(
        id,
        to,
        "Your cart",
        text,
        List.of(buttons),
        "https://ripen.example/v1/push/delivered/xyz",
        Duration.ofHours(3),
        false);
  }

  private SendResult send(PushMessage message) {
    return channel.send(message, begun::incrementAndGet);
  }

  private SendResult send() {
    return send(message(phone, "7.lead", "It waits for you.", SEE));
  }

  @Test
  void the_browser_alone_can_read_the_message() {
    assertThat(send()).isEqualTo(new Accepted("push:7.lead"));

    assertThat(begun).hasValue(1);
    JsonNode shown = server.waiting(phone).getFirst();
    assertThat(shown.path("title").asString()).isEqualTo("Your cart");
    assertThat(shown.path("body").asString()).isEqualTo("It waits for you.");
    assertThat(shown.path("url").asString()).isEqualTo(SEE.url());
    assertThat(shown.path("actions").size()).isZero();
    assertThat(shown.path("delivered").asString()).endsWith("/v1/push/delivered/xyz");
    assertThat(shown.path("ripen").asString()).isEqualTo("7.lead");
    byte[] wire = server.requests().getFirst().body();
    assertThatThrownBy(() -> BrowserKeys.fresh().read(wire))
        .isInstanceOf(IllegalStateException.class);
    assertThat(server.requests().getFirst().headers().toString()).doesNotContain("cart");
  }

  @Test
  void the_push_service_keeps_it_for_as_long_as_it_is_of_use() {
    send();
    var headers = server.requests().getFirst().headers();
    assertThat(headers).containsEntry("Ttl", "10800").containsEntry("Urgency", "normal");

    send(new PushMessage("8.lead", phone, "", "Now", List.of(), null, Duration.ofDays(400), true));
    var urgent = server.requests().getLast().headers();
    assertThat(urgent).containsEntry("Ttl", "2419200").containsEntry("Urgency", "high");
  }

  @Test
  void one_that_is_sent_again_takes_the_place_of_the_first() {
    send();
    send();
    assertThat(server.waiting(phone)).hasSize(1);
    send(message(phone, "8.lead", "Something else"));
    assertThat(server.waiting(phone)).hasSize(2);
    assertThat(server.requests().getFirst().headers().get("Topic")).matches("[\\w-]{1,32}");
  }

  @Test
  void a_choice_of_links_is_shown_as_buttons_and_a_link_in_the_text_is_where_it_leads() {
    Button other = new Button("Remind me", "https://ripen.example/r/def");
    send(message(phone, "1.lead", "Which?", SEE, other));
    JsonNode choice = server.waiting(phone).getFirst();
    assertThat(choice.path("actions").size()).isEqualTo(2);
    assertThat(choice.at("/actions/1/title").asString()).isEqualTo("Remind me");
    assertThat(choice.at("/actions/1/url").asString()).isEqualTo(other.url());

    Subscription tablet = server.subscribe(BrowserKeys.fresh(), KEYS);
    send(message(tablet, "2.lead", "Go on: https://ripen.example/r/ghi."));
    JsonNode shown = server.waiting(tablet).getFirst();
    assertThat(shown.path("body").asString()).isEqualTo("Go on:");
    assertThat(shown.path("url").asString()).isEqualTo("https://ripen.example/r/ghi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "щ", "\"", "👩‍👩‍👧‍👦", "🇭🇺"})
  void a_text_too_long_is_cut_between_two_characters(String character) {
    assertThat(send(message(phone, "1.lead", character.repeat(5000), SEE)))
        .isInstanceOf(Accepted.class);

    String body = server.waiting(phone).getFirst().path("body").asString();
    assertThat(body).endsWith("…");
    String kept = body.substring(0, body.length() - 1);
    assertThat(kept.length() % character.length()).isZero();
    assertThat(kept).isEqualTo(character.repeat(kept.length() / character.length()));
    assertThat(server.requests().getFirst().body().length).isBetween(4030, 4096);
  }

  @Test
  void links_that_leave_no_room_are_told() {
    Button endless = new Button("See", "https://shop.example/" + "a".repeat(4000));
    assertThat(send(message(phone, "1.lead", "Text", endless)))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).contains("leave no room"));
    assertThat(begun).hasValue(0);
  }

  @Test
  void a_browser_that_went_away_takes_no_more() {
    server.forget(phone);
    assertThat(send())
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> {
              assertThat(r.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS);
              assertThat(r.reason()).startsWith("localhost answered 410");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "404, Rejected, NO_SUCH_ADDRESS",
    "410, Rejected, NO_SUCH_ADDRESS",
    "400, Rejected,",
    "413, Rejected,",
    "401, Retryable,",
    "403, Retryable,",
    "429, Retryable,",
    "503, Retryable,",
    "307, Retryable,",
    "500, Uncertain,",
    "502, Uncertain,",
    "504, Uncertain,",
  })
  void each_answer_says_what_became_of_it(int status, String kind, Cause cause) {
    server.answers(status, "");
    SendResult result = send();
    assertThat(result.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(result.toString()).contains("localhost answered " + status);
    if (result instanceof Rejected rejected) {
      assertThat(rejected.cause()).isEqualTo(cause);
    }
    assertThat(server.requests()).as("nothing is repeated or followed").hasSize(1);
  }

  @Test
  void a_push_service_that_is_busy_says_when_to_come_again() {
    server.answers(429, "17");
    assertThat(send()).isEqualTo(new Retryable("localhost answered 429", Duration.ofSeconds(17)));
  }

  @Test
  void another_ones_key_is_named_and_holds_up_nobody_else() {
    WebPushChannel strangers =
        channel(PushKeys.generate("mailto:other@shop.example"), List.of(server.origin()));
    assertThat(strangers.send(message(phone, "1.lead", "Hi"), begun::incrementAndGet))
        .isInstanceOfSatisfying(
            Retryable.class,
            r -> {
              assertThat(r.cause()).contains("403").contains("ripen.push.public-key");
              assertThat(r.scope()).isEqualTo(Scope.MESSAGE);
            });
  }

  @Test
  void a_lost_answer_leaves_it_unknown() {
    server.cuts();
    assertThat(send()).isInstanceOf(Uncertain.class);
    assertThat(begun).hasValue(1);
    assertThat(server.requests()).as("nothing is repeated").hasSize(1);
  }

  @Test
  void an_answer_that_does_not_come_in_time_leaves_it_unknown() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String origin = "http://localhost:" + silent.getLocalPort();
      WebPushChannel impatient = channel(KEYS, List.of(origin), Duration.ofSeconds(3));
      assertThat(
              impatient.send(
                  message(BrowserKeys.fresh().subscription(origin + "/x"), "1.lead", "Hi"),
                  begun::incrementAndGet))
          .isInstanceOf(Uncertain.class);
    }
  }

  @Test
  void without_a_connection_it_was_not_sent() throws IOException {
    String origin;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      origin = "http://localhost:" + gone.getLocalPort();
    }
    WebPushChannel nowhere = channel(KEYS, List.of(origin));
    assertThat(
            nowhere.send(
                message(BrowserKeys.fresh().subscription(origin + "/x"), "1.lead", "Hi"),
                begun::incrementAndGet))
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.scope()).isEqualTo(Scope.CHANNEL));
    assertThat(begun).hasValue(0);
  }

  @Test
  void who_takes_it_back_at_the_last_moment_is_heard() {
    assertThatThrownBy(
            () ->
                channel.send(
                    message(phone, "1.lead", "Hi"),
                    () -> {
                      throw new IllegalStateException("bought meanwhile");
                    }))
        .hasMessage("bought meanwhile");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void what_is_no_push_service_is_never_connected_to() {
    WebPushChannel real = channel(KEYS, PushServices.PUBLIC);
    assertThat(real.send(message(phone, "1.lead", "Hi"), begun::incrementAndGet))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).contains("ripen.push.services"));
    assertThat(server.requests()).isEmpty();
    assertThat(begun).hasValue(0);
  }

  @Test
  void a_push_service_that_is_away_holds_up_none_of_the_others() throws IOException {
    try (PushServer other = new PushServer()) {
      Subscription laptop = other.subscribe(BrowserKeys.fresh(), KEYS);
      PushServices services = new PushServices(List.of(server.origin(), other.origin()));
      WebPushChannel real =
          new WebPushChannel(KEYS, services, Duration.ofSeconds(5), Duration.ofSeconds(5), CLOCK);
      GuardedServices guarded =
          new GuardedServices(
              real, services, each -> new Guarded<>(real, Limits.perSecond(100), CLOCK));
      server.answers(503, "600");
      assertThat(guarded.send(message(phone, "1.lead", "Hi"), () -> {}))
          .isInstanceOf(Retryable.class);
      assertThat(guarded.send(message(phone, "2.lead", "Hi"), () -> {}))
          .isInstanceOfSatisfying(
              Retryable.class, r -> assertThat(r.cause()).contains("asked to be left alone"));
      assertThat(server.requests()).hasSize(1);
      assertThat(guarded.send(message(laptop, "2.lead", "Hi"), () -> {}))
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void nothing_shows_a_secret() {
    String seen = KEYS + " " + message(phone, "1.lead", "Hi") + " " + phone;
    assertThat(seen)
        .doesNotContain(
            KEYS.privateKey(), phone.auth(), phone.endpoint().getPath(), phone.p256dh());
  }
}
