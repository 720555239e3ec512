package io.ripen.channels.telegram;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.ShortMessage.Button;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people see, and what each of Telegram's answers means. */
class TelegramChannelTest {

  private static final long ANNA = 700_001;

  private final TelegramServer telegram = new TelegramServer().person(ANNA);
  private final TelegramChannel channel = new TelegramChannel(telegram.bot());
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() {
    telegram.close();
  }

  private static ShortMessage message(String title, String text, Button... buttons) {
    return new ShortMessage("1-1", "telegram:" + ANNA, title, text, List.of(buttons));
  }

  private SendResult send() {
    return send(channel);
  }

  private SendResult send(TelegramChannel channel) {
    return channel.send(message("Your cart", "It waits for you."), begun::incrementAndGet);
  }

  @Test
  void title_text_and_links_are_shown() {
    SendResult result =
        channel.send(
            message(
                "Your cart",
                "It waits for you.",
                new Button("To the cart", "https://shop.example/cart?a=1&b=2"),
                new Button("No, thanks", "https://shop.example/no")),
            begun::incrementAndGet);

    assertThat(result).isEqualTo(new Accepted("telegram:42/700001/1001"));
    assertThat(begun).hasValue(1);
    JsonNode asked = telegram.sent().getFirst().path("asked");
    assertThat(asked.path("text").asString()).isEqualTo("<b>Your cart</b>\n\nIt waits for you.");
    assertThat(asked.path("reply_markup").toString())
        .isEqualTo(
            "{\"inline_keyboard\":[[{\"text\":\"To the cart\",\"url\":\"https://shop.example/cart?a=1&b=2\"}],"
                + "[{\"text\":\"No, thanks\",\"url\":\"https://shop.example/no\"}]]}");
  }

  @Test
  void a_link_to_this_machine_stands_in_the_text_as_telegram_takes_no_such_button() {
    SendResult result =
        channel.send(
            message(
                "",
                "It waits.",
                new Button("To the cart", "http://localhost:8090/cart?a=1&b=2"),
                new Button("Help", "https://shop.example/help")),
            begun::incrementAndGet);

    assertThat(result).isInstanceOf(Accepted.class);
    JsonNode sent = telegram.sent().getFirst();
    assertThat(sent.path("text").asString())
        .isEqualTo("It waits.\n\nTo the cart: http://localhost:8090/cart?a=1&b=2");
    assertThat(sent.at("/asked/reply_markup/inline_keyboard").size()).isEqualTo(1);
  }

  @Test
  void nobody_opens_the_links_before_the_person() {
    send();

    assertThat(telegram.sent().getFirst().at("/asked/link_preview_options/is_disabled").asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'', Text, Text", "Title, '', <b>Title</b>"})
  void a_part_that_is_empty_leaves_no_gap(String title, String text, String html) {
    channel.send(message(title, text), begun::incrementAndGet);

    assertThat(telegram.sent().getFirst().at("/asked/text").asString()).isEqualTo(html);
  }

  @Test
  void what_people_call_themselves_is_text_and_never_markup() {
    String name =
        "<a href=\"https://evil.example\">Anna</a> </b><script>&lt;&amp; \uD83D\uDE00 \uD83D";
    SendResult result =
        channel.send(
            message(name, "Hello " + name, new Button(name, "https://shop.example/")),
            begun::incrementAndGet);

    assertThat(result).isInstanceOf(Accepted.class);
    JsonNode sent = telegram.sent().getFirst();
    String seen = name.replaceAll("\uD83D$", "?");
    assertThat(sent.path("text").asString()).isEqualTo(seen + "\n\nHello " + seen);
    assertThat(sent.at("/asked/reply_markup/inline_keyboard/0/0/text").asString()).isEqualTo(seen);
  }

  @Test
  void a_message_may_have_4096_characters_and_no_more() {
    String title = "T".repeat(94);
    String longest = "<".repeat(4000);

    assertThat(channel.send(message(title, longest), begun::incrementAndGet))
        .isInstanceOf(Accepted.class);
    assertThat(channel.send(message(title, longest + "<"), begun::incrementAndGet))
        .isEqualTo(
            new Rejected(
                "the message has 4097 characters, and Telegram takes 4096 at most: shorten it"));
    assertThat(begun).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"javascript:alert(1)", "shop.example", "https://", "mailto:a@b.example", ""})
  void a_button_leads_to_a_web_address(String url) {
    assertThat(channel.send(message("", "Hello", new Button("Go", url)), begun::incrementAndGet))
        .isEqualTo(new Rejected("a button's link is not a web address (expected: https://…)"));
    assertThat(telegram.requests()).isZero();
  }

  @Test
  void an_empty_message_is_rejected() {
    assertThat(channel.send(message(" ", "\n"), begun::incrementAndGet))
        .isEqualTo(new Rejected("the message is empty"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "telegram:",
        "telegram:anna",
        "telegram:-100123",
        "telegram:0",
        "whatsapp:700001",
        "700001",
        "telegram:700001 ",
        "telegram:9999999999999999999999"
      })
  void only_persons_are_written_to(String to) {
    SendResult result =
        channel.send(new ShortMessage("1", to, "", "Hello", List.of()), begun::incrementAndGet);

    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS));
    assertThat(telegram.requests()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "Forbidden: bot was blocked by the user, UNWANTED",
    "Forbidden: user is deactivated, NO_SUCH_ADDRESS",
    "Bad Request: chat not found, NO_SUCH_ADDRESS",
    "Bad Request: user not found, NO_SUCH_ADDRESS",
    "Forbidden: bot can't send messages to bots, NO_SUCH_ADDRESS",
    "Forbidden: bot can't initiate conversation with a user,",
    "Bad Request: BUTTON_URL_INVALID,",
  })
  void a_refusal_says_what_it_tells_of_the_person(String description, Cause cause) {
    telegram.refuses(ANNA, description);

    assertThat(send())
        .isEqualTo(
            new Rejected(
                "Telegram answered %d %s"
                    .formatted(description.startsWith("Forbidden") ? 403 : 400, description),
                cause));
  }

  @Test
  void a_chat_that_is_unknown_is_rejected() {
    SendResult result =
        channel.send(
            new ShortMessage("1", "telegram:5", "", "Hello", List.of()), begun::incrementAndGet);

    assertThat(result)
        .isEqualTo(
            new Rejected(
                "Telegram answered 400 Bad Request: chat not found", Cause.NO_SUCH_ADDRESS));
  }

  @Test
  void a_chat_that_moved_is_rejected_without_its_number() {
    telegram.answering(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        "{\"migrate_to_chat_id\":-1001234567890}");

    assertThat(send()).isEqualTo(new Rejected("the chat has another number now"));
  }

  @ParameterizedTest
  @CsvSource({"17, 17", "999999999999, 86400", "-3, 30", "0, 30"})
  void who_sends_too_fast_waits_as_long_as_telegram_asks(long asked, long seconds) {
    telegram.answering(
        429, "Too Many Requests: retry after 17", "{\"retry_after\":%d}".formatted(asked));

    assertThat(send())
        .isEqualTo(
            new Retryable(
                "Telegram answered 429 Too Many Requests: retry after 17",
                Duration.ofSeconds(seconds),
                Scope.CHANNEL));
  }

  @Test
  void a_wrong_token_is_our_fault_and_no_persons() {
    TelegramChannel wrong =
        new TelegramChannel(
            new TelegramBot(
                "42:wrong-wrong-wrong-wrong",
                telegram.bot().api(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10)));

    assertThat(send(wrong))
        .isEqualTo(
            new Retryable(
                "Telegram does not know our bot (401): is its token right, and not revoked?",
                Duration.ofMinutes(5),
                Scope.CHANNEL));
  }

  @Test
  void a_redirect_is_not_followed() {
    telegram.answering(aResponse().withStatus(302).withHeader("Location", "https://example.com/"));

    assertThat(send())
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.cause()).contains("address of the Bot API"));
    assertThat(telegram.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "500, Uncertain",
    "502, Uncertain",
    "504, Uncertain",
    "503, Retryable",
    "403, Retryable",
    "404, Retryable",
    "407, Retryable",
  })
  void something_before_telegram_answers_a_page(int status, String outcome) {
    telegram.answering(
        aResponse()
            .withStatus(status)
            .withHeader("Retry-After", "0")
            .withBody("<html>Anna</html>"));

    SendResult result = send();

    assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(result.toString())
        .contains(status + " came from something before Telegram")
        .doesNotContain("Anna");
    assertThat(telegram.requests()).as("nothing is repeated").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"500, Uncertain", "502, Uncertain", "503, Retryable", "409, Rejected"})
  void telegram_itself_is_in_trouble(int status, String outcome) {
    telegram.answering(status, "Internal Server Error: restart", null);

    SendResult result = send();

    assertThat(result.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(result.toString())
        .contains("Telegram answered %d Internal Server Error: restart".formatted(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "what?", "[]", "{}", "{\"ok\":true", "{\"ok\":true,\"result\":{}}"})
  void a_success_that_cannot_be_read_leaves_it_uncertain(String body) {
    telegram.answering(aResponse().withStatus(200).withBody(body));

    assertThat(send()).isInstanceOf(Uncertain.class);
  }

  @Test
  void an_answer_that_comes_too_late_leaves_it_uncertain() {
    telegram.slow(Duration.ofSeconds(30));

    assertThat(send(new TelegramChannel(telegram.bot(Duration.ofSeconds(4)))))
        .isEqualTo(new Uncertain("Telegram's answer to the message was lost (no answer in time)"));
    assertThat(begun).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void an_answer_that_breaks_leaves_it_uncertain(Fault fault) {
    telegram.answering(aResponse().withFault(fault));

    assertThat(send()).isInstanceOf(Uncertain.class);
    assertThat(begun).hasValue(1);
    assertThat(telegram.requests()).as("nothing is repeated").isLessThanOrEqualTo(1);
  }

  @Test
  void nobody_listening_is_worth_another_try() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(send(at("http://127.0.0.1:" + port)))
        .isEqualTo(
            new Retryable(
                "no connection to Telegram: connection refused", Duration.ZERO, Scope.CHANNEL));
    assertThat(begun).hasValue(0);
  }

  @Test
  void a_name_that_nobody_has_is_worth_another_try() {
    assertThat(send(at("http://telegram.invalid")))
        .isEqualTo(
            new Retryable("no connection to Telegram: unknown host", Duration.ZERO, Scope.CHANNEL));
    assertThat(begun).hasValue(0);
  }

  @Test
  void a_connection_that_cannot_be_made_private_carries_nothing() {
    assertThat(send(at("https://127.0.0.1:" + telegram.port())))
        .isInstanceOfSatisfying(
            Retryable.class,
            r -> assertThat(r.cause()).startsWith("no connection to Telegram: TLS"));
    assertThat(begun).hasValue(0);
  }

  private TelegramChannel at(String api) {
    return new TelegramChannel(
        new TelegramBot(
            TelegramServer.TOKEN, URI.create(api), Duration.ofSeconds(5), Duration.ofSeconds(10)));
  }

  @Test
  void telegram_sees_nothing_before_the_hand_over() {
    channel.send(message("", "Hello"), () -> assertThat(telegram.requests()).isZero());

    assertThat(telegram.sent()).hasSize(1);
  }

  @Test
  void a_hand_over_that_is_refused_takes_the_message_back() {
    assertThatThrownBy(
            () ->
                channel.send(
                    message("", "Hello"),
                    () -> {
                      throw new IllegalStateException("the claim is lost");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the claim is lost");
    assertThat(telegram.requests()).isZero();

    assertThat(send()).isInstanceOf(Accepted.class);
    assertThat(telegram.sent()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bad Request: can't parse entities: Unsupported start tag \"anna kovács\" at byte offset 5",
        "Bad Request: inline keyboard button URL 'https://shop.example/anna?k=1' is invalid: no",
        "Bad Request: wrong url https://shop.example/anna",
        "Bad Request: chat 700001 of anna@shop.example is odd",
        "Bad Request: \"Anna said \"hello\" to Kovács\"",
      })
  void reasons_hold_no_personal_data(String description) {
    telegram.answering(400, description, null);

    assertThat(send())
        .isInstanceOfSatisfying(
            Rejected.class,
            r ->
                assertThat(r.reason())
                    .startsWith("Telegram answered 400 Bad Request")
                    .doesNotContainIgnoringCase("anna")
                    .doesNotContainIgnoringCase("kovács")
                    .doesNotContain("700001")
                    .doesNotContain("shop.example"));
  }
}
