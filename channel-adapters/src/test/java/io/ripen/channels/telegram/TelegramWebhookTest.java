package io.ripen.channels.telegram;

import static io.ripen.channels.telegram.TelegramUpdates.AT;
import static io.ripen.channels.telegram.TelegramUpdates.edited;
import static io.ripen.channels.telegram.TelegramUpdates.group;
import static io.ripen.channels.telegram.TelegramUpdates.membership;
import static io.ripen.channels.telegram.TelegramUpdates.message;
import static io.ripen.channels.telegram.TelegramUpdates.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener.Unavailable;
import io.ripen.channels.Webhook.Answer;
import io.ripen.channels.Webhook.Answer.Refused;
import io.ripen.channels.Webhook.Answer.Taken;
import io.ripen.channels.Webhook.Request;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people do, and what is not from Telegram. */
class TelegramWebhookTest {

  private static final String SECRET = "our-secret_0123456789";
  private static final Instant THEN = Instant.ofEpochSecond(AT);
  private static final String ANNA = "telegram:700001";

  private final TelegramServer telegram = new TelegramServer();
  private final TelegramWebhook webhook = new TelegramWebhook(telegram.bot(), SECRET);

  @AfterEach
  void stop() {
    telegram.close();
  }

  private Answer receive(String body) {
    return receive("POST", SECRET, body);
  }

  private Answer receive(String method, @Nullable String secret, String body) {
    Map<String, List<String>> headers =
        secret == null ? Map.of() : Map.of("x-telegram-bot-api-secret-token", List.of(secret));
    return webhook.receive(
        new Request(method, "https://ripen.example/hooks/telegram", headers, body));
  }

  private List<Inbound> taken(String body) {
    Answer answer = receive(body);
    assertThat(answer).isInstanceOf(Taken.class);
    return ((Taken) answer).inbound();
  }

  @Test
  void a_person_says_something() {
    assertThat(taken(said(9, "Do you have it in blue?")))
        .containsExactly(
            new Inbound.Said(
                "telegram:42/9", THEN, "messenger", ANNA, "Do you have it in blue?", null));
  }

  @Test
  void a_person_answers_a_message_of_ours() {
    String update =
        message(
            9,
            """
            "text":"Yes","reply_to_message":{"message_id":1001,"date":1,"text":"Still there?",
             "from":{"id":42,"is_bot":true,"first_name":"Shop"},
             "chat":{"id":700001,"type":"private"}}""");

    assertThat(taken(update))
        .containsExactly(
            new Inbound.Said(
                "telegram:42/9", THEN, "messenger", ANNA, "Yes", "telegram:42/700001/1001"));
  }

  @Test
  void an_answer_to_their_own_message_is_no_answer_to_ours() {
    String update =
        message(
            9,
            """
            "text":"I mean yes","reply_to_message":{"message_id":7,"date":1,
             "from":{"id":700001,"is_bot":false,"first_name":"Anna"}}""");

    assertThat(taken(update))
        .first()
        .isInstanceOfSatisfying(Inbound.Said.class, s -> assertThat(s.answerTo()).isNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"photo\":[{\"file_id\":\"x\"}],\"caption\":\"This one\" | This one",
        "\"photo\":[{\"file_id\":\"x\"}] | (photo)",
        "\"video_note\":{} | (video note)",
        "\"sticker\":{\"emoji\":\"x\"},\"new_field\":[[{}]] | (sticker)",
        "\"text\":\"/help\" | /help",
        "\"text\":\"/started\" | /started",
      })
  void a_person_says_it_in_another_way(String fields, String text) {
    assertThat(taken(message(9, fields)))
        .first()
        .isInstanceOfSatisfying(Inbound.Said.class, s -> assertThat(s.text()).isEqualTo(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/start AbC_-09, AbC_-09",
    "/start@ripen_bot AbC_-09, AbC_-09",
    "/start,",
    "/start a b,",
    "/start <b>,",
    "/START,",
  })
  void a_person_opens_the_channel(String text, @Nullable String token) {
    assertThat(taken(said(9, text)))
        .containsExactly(new Inbound.Opened("telegram:42/9", THEN, "messenger", ANNA, token));
  }

  @Test
  void a_token_is_no_longer_than_telegram_lets_it_be() {
    assertThat(taken(said(9, "/start " + "a".repeat(64))))
        .contains(new Inbound.Opened("telegram:42/9", THEN, "messenger", ANNA, "a".repeat(64)));
    assertThat(taken(said(9, "/start " + "a".repeat(65))))
        .contains(new Inbound.Opened("telegram:42/9", THEN, "messenger", ANNA, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stop", "/Stop", "/stop@ripen_bot", "/stop it, please"})
  void a_person_wants_no_more(String text) {
    assertThat(taken(said(9, text)))
        .containsExactly(new Inbound.OptedOut("telegram:42/9", THEN, "messenger", ANNA, text));
  }

  @Test
  void a_person_blocks_the_bot_and_unblocks_it() {
    assertThat(taken(membership(9, "member", "kicked")))
        .containsExactly(
            new Inbound.OptedOut("telegram:42/9", THEN, "messenger", ANNA, "blocked the bot"));
    assertThat(taken(membership(10, "kicked", "member")))
        .containsExactly(
            new Inbound.OptedIn("telegram:42/10", THEN, "messenger", ANNA, "unblocked the bot"));
    assertThat(taken(membership(11, "member", "something_new"))).isEmpty();
  }

  @Test
  void what_is_not_for_us_is_taken_and_left_out() {
    assertThat(taken(group(1))).isEmpty();
    assertThat(taken(edited(2))).isEmpty();
    assertThat(taken(message(3, "\"message_auto_delete_timer_changed\":{}"))).isEmpty();
    assertThat(taken(said(4, "I am a bot").replace("\"is_bot\":false", "\"is_bot\":true")))
        .isEmpty();
    assertThat(taken("{\"update_id\":5,\"thought\":{\"by\":\"Anna\"}}")).isEmpty();
    assertThat(taken("{\"update_id\":6,\"message\":7}")).isEmpty();
    assertThat(taken("{\"update_id\":6,\"message\":{\"chat\":{\"type\":\"private\",\"id\":3}}}"))
        .isEmpty();
    assertThat(taken(said(7, "Hello").replace("" + AT, "999999999999999999"))).isEmpty();
    assertThat(taken(said(8, "Hello").replace("\"text\":\"Hello\"", "\"text\":{}"))).isEmpty();
    assertThat(taken("{\"update_id\":99999999999999999999999,\"message\":{}}")).isEmpty();
    assertThat(taken("{\"update_id\":\"x\",\"message\":{}}")).isEmpty();
    assertThat(taken("{}")).isEmpty();
  }

  @Test
  void the_same_update_always_has_the_same_id() {
    assertThat(taken(said(9, "Hello"))).isEqualTo(taken(said(9, "Hello")));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "our-secret_012345678", "our-secret_0123456789x", "a-guess"})
  void who_does_not_know_the_secret_is_refused(String secret) {
    assertThat(receive("POST", secret, said(9, "Hello")))
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.status()).isEqualTo(403);
              assertThat(r.reason()).doesNotContain(SECRET);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "what?", "[]", "7", "{\"update_id\":9,", "{\"a\":{\"a\":"})
  void what_cannot_be_read_is_refused(String body) {
    assertThat(receive(body)).isEqualTo(new Refused(400, "the update is not a JSON object"));
  }

  @Test
  void json_that_is_nested_without_end_is_refused() {
    assertThat(receive("{\"a\":".repeat(20_000)))
        .isEqualTo(new Refused(400, "the update is not a JSON object"));
  }

  @Test
  void an_update_has_256_kilobytes_at_most() {
    String update = said(9, "Hello");
    String largest = update + " ".repeat(256 * 1024 - update.length());

    assertThat(taken(largest)).hasSize(1);
    assertThat(receive(largest + " "))
        .isEqualTo(new Refused(413, "the update is larger than 256 KB"));
    assertThat(receive(said(9, "é".repeat(132_000))))
        .isEqualTo(new Refused(413, "the update is larger than 256 KB"));
  }

  @Test
  void only_a_post_tells_something() {
    assertThat(receive("GET", SECRET, ""))
        .isEqualTo(new Refused(405, "Telegram tells of updates by POST"));
  }

  @Test
  void telegram_is_told_where_to_call_us_as_often_as_one_likes() throws Exception {
    URI url = URI.create("https://ripen.example/hooks/telegram");
    webhook.register(url);
    webhook.register(url);

    assertThat(telegram.webhook()).isEqualTo(url.toString());
    assertThat(telegram.secret()).isEqualTo(SECRET);
    assertThat(telegram.arguments().getFirst().path("allowed_updates").toString())
        .isEqualTo("[\"message\",\"my_chat_member\"]");
    assertThat(telegram.arguments().getFirst().has("drop_pending_updates")).isFalse();
  }

  @Test
  void an_address_that_telegram_does_not_call_is_told() {
    assertThatThrownBy(() -> webhook.register(URI.create("http://localhost:8090/hooks/telegram")))
        .isInstanceOf(Unavailable.class)
        .hasMessage(
            "Telegram answered 400 Bad Request: bad webhook: An HTTPS URL must be provided for"
                + " webhook");
  }

  @Test
  void a_secret_is_long_enough_and_made_of_what_telegram_takes() {
    for (String bad : List.of("short", "with spaces, and more", "é".repeat(20), "a".repeat(257))) {
      assertThatThrownBy(() -> new TelegramWebhook(telegram.bot(), bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: 16 to 256")
          .hasMessageNotContaining(bad);
    }
  }
}
