package io.ripen.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.ripen.channels.twilio.TwilioServer.NUMBER;
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
import io.ripen.channels.SettableClock;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.ShortMessage.Button;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of Twilio's means, and each way of not answering. */
class TwilioSmsTest {

  private static final String ANNA = "+36301234567";
  private static final String ID = "4503599627370497.0198c9a0-0000-7000-8000-000000000001";

  private final SettableClock clock = new SettableClock();
  private final TwilioServer twilio = new TwilioServer(clock);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() {
    twilio.close();
  }

  private TwilioSms sms() {
    return sms(twilio.account());
  }

  private TwilioSms sms(TwilioAccount account) {
    return new TwilioSms(account, new TwilioSender(NUMBER, null), clock);
  }

  private SendResult send() {
    return send(sms());
  }

  private SendResult send(TwilioSms sms) {
    return sms.send(message(ANNA, "Your mug waits."), begun::incrementAndGet);
  }

  private static ShortMessage message(String to, String text, Button... buttons) {
    return new ShortMessage(ID, to, "", text, List.of(buttons));
  }

  @Test
  void what_twilio_takes_is_accepted_by_its_sid() {
    assertThat(send()).isEqualTo(new Accepted(twilio.sid(0)));
    assertThat(begun).hasValue(1);
    assertThat(twilio.requests()).isEqualTo(1);
    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("To")).contains(ANNA);
    assertThat(sent.get("From")).contains(NUMBER);
    assertThat(sent.get("Body")).contains("Your mug waits.");
    assertThat(sent.get("StatusCallback")).isEmpty();
    assertThat(sent.get("ValidityPeriod")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT10H,", "PT48H,", "PT9H59M59.9S, 35999", "PT1H, 3600", "PT0.5S, 1", "PT-1M, 1"})
  void a_text_waits_at_twilio_no_longer_than_it_is_of_use(
      Duration left, @Nullable String validity) {
    ShortMessage message =
        new ShortMessage(
            ID, ANNA, "", "Hello", List.of(), Map.of(), clock.instant().plus(left), false);

    assertThat(sms().send(message, begun::incrementAndGet)).isInstanceOf(Accepted.class);
    assertThat(twilio.sent().getFirst().get("ValidityPeriod"))
        .isEqualTo(Optional.ofNullable(validity));
  }

  @Test
  void letters_of_any_language_arrive_and_buttons_stand_below() {
    sms()
        .send(
            message(
                ANNA,
                "Vár a bögre & a tea — ждём 🫖",
                new Button("Megnézem", "https://r.example/1?a=b")),
            begun::incrementAndGet);

    assertThat(twilio.sent().getFirst().get("Body"))
        .contains("Vár a bögre & a tea — ждём 🫖\nMegnézem: https://r.example/1?a=b");
  }

  @Test
  void a_messaging_service_chooses_the_number_and_callbacks_know_our_message() {
    TwilioSender sender =
        new TwilioSender(
            TwilioServer.SERVICE,
            URI.create("https://ripen.example/hooks/channels/twilio?a=b#rc=5&rp=all"));
    SendResult result =
        new TwilioSms(twilio.account(), sender, clock)
            .send(message("+36 30 123-4567", "Hello"), begun::incrementAndGet);

    assertThat(result).isInstanceOf(Accepted.class);
    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("To")).contains(ANNA);
    assertThat(sent.get("MessagingServiceSid")).contains(TwilioServer.SERVICE);
    assertThat(sent.get("From")).isEmpty();
    assertThat(sent.get("StatusCallback"))
        .contains(
            "https://ripen.example/hooks/channels/twilio?a=b&message=%s#rc=5&rp=all".formatted(ID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "21211 | The 'To' number %s is not a valid phone number. | NO_SUCH_ADDRESS",
        "21614 | 'To' number: %s is not a valid mobile number | NO_SUCH_ADDRESS",
        "21635 | 'To' number %s cannot be a landline | NO_SUCH_ADDRESS",
        "21610 | Attempt to send to unsubscribed recipient %s | UNWANTED",
        "21612 | Message cannot be sent with the current combination of 'To' (%s) and 'From' |",
        "21408 | SMS has not been enabled for the region indicated by the 'To' number: %s |",
        "21608 | The number %s is unverified. Trial accounts cannot send messages to it |",
        "21999 | Something that nobody has heard of yet about %s |",
      })
  void what_is_no_use_to_send_again(int code, String words, @Nullable Cause cause) {
    twilio.refuses(ANNA, 400, code, words);

    assertThat(send())
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> {
              assertThat(r.cause()).isEqualTo(cause);
              assertThat(r.reason())
                  .startsWith("Twilio's error " + code)
                  .doesNotContain(ANNA, ANNA.substring(1));
            });
    assertThat(twilio.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "401, 20003, Authenticate",
    "403, 20003, Permission denied",
    "401, 70051, Authorization error",
    "404, 20404, The requested resource was not found",
    "400, 21603, A From phone number is required",
    "400, 21705, The Messaging Service Sid is invalid",
    "400, 21609, The StatusCallback URL is not a valid URL",
    "400, 30002, Account suspended",
    "302, 0, moved",
    "404, 0, not found",
    "407, 0, log in to the proxy",
  })
  void our_own_mistakes_lose_no_message_and_hold_back_all(int status, int code, String words) {
    if (code == 0) {
      twilio.answering(aResponse().withStatus(status).withHeader("Location", "/x").withBody(words));
    } else {
      twilio.answering(status, code, words);
    }

    assertThat(send())
        .isInstanceOfSatisfying(
            Retryable.class,
            r -> {
              assertThat(r.scope()).isEqualTo(Scope.CHANNEL);
              assertThat(r.backoff()).isEqualTo(Duration.ofMinutes(5));
              assertThat(r.cause()).doesNotContain("+36301");
            });
    assertThat(twilio.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "21606, The From phone number is not a valid SMS-capable number for this destination",
    "21659, +36301112222 is not a Twilio phone number or Short Code country mismatch",
    "21660, Mismatch between the From number +36301112222 and the account",
  })
  void a_sender_that_may_not_do_for_this_number_holds_back_nobody_else(int code, String words) {
    twilio.refuses(ANNA, 400, code, words);

    assertThat(send())
        .isEqualTo(
            new Retryable(
                "Twilio's error %d: our sender is none that the account may use for this number"
                    .formatted(code),
                Duration.ofMinutes(5),
                Scope.MESSAGE));
  }

  @Test
  void a_wrong_secret_says_what_to_look_at() {
    assertThat(
            send(
                sms(
                    TwilioServer.at(
                        twilio.account().api().toString(), "wrong", Duration.ofSeconds(10)))))
        .isEqualTo(
            new Retryable(
                "Twilio answered 401 (20003): it does not take our credentials; look at account SID,"
                    + " key and secret",
                Duration.ofMinutes(5),
                Scope.CHANNEL));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "'Sun, 01 Mar 2026 10:01:30 GMT', 90",
    "'Sun, 01 Mar 2026 09:00:00 GMT', 0",
    "99999999, 86400",
    "soon, 10",
    ", 10"
  })
  void too_many_at_once_come_back_when_twilio_says_so(@Nullable String after, long seconds) {
    var answer =
        aResponse()
            .withStatus(429)
            .withBody("{\"code\":20429,\"message\":\"Too Many Requests\",\"status\":429}");
    twilio.answering(after == null ? answer : answer.withHeader("Retry-After", after));

    assertThat(send())
        .isEqualTo(
            new Retryable(
                "Twilio answered 429 (20429): too many requests at once",
                Duration.ofSeconds(seconds),
                Scope.CHANNEL));
    assertThat(twilio.requests()).as("the SDK repeats nothing").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void an_error_of_twilios_does_not_say_whether_it_has_the_message(int status) {
    twilio.answering(status, 20500, "Internal Server Error");

    assertThat(send()).isInstanceOf(Uncertain.class);
    assertThat(begun).hasValue(1);
    assertThat(twilio.requests()).as("the SDK would send it three times").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "<html>", "{\"sid\":null}"})
  void a_yes_that_cannot_be_read_is_uncertain(String body) {
    twilio.answering(aResponse().withStatus(201).withBody(body));

    assertThat(send())
        .isEqualTo(new Uncertain("Twilio took the message, but its answer cannot be read"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>500</html>"})
  void an_error_without_twilios_words_is_an_error_all_the_same(String body) {
    twilio.answering(aResponse().withStatus(500).withBody(body));

    assertThat(send()).isInstanceOf(Uncertain.class);
  }

  @Test
  void a_message_that_is_dead_when_it_is_born_is_rejected_as_nobody_would_tell_later() {
    twilio.bornDead(30005);

    assertThat(send())
        .isEqualTo(
            new Rejected(
                "Twilio's error 30005: nobody has this number any more", Cause.NO_SUCH_ADDRESS));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void an_answer_that_breaks_leaves_it_uncertain(Fault fault) {
    twilio.answering(aResponse().withFault(fault));

    assertThat(send()).isInstanceOf(Uncertain.class);
    assertThat(begun).hasValue(1);
    assertThat(twilio.requests()).isEqualTo(1);
  }

  @Test
  void an_answer_that_comes_too_late_leaves_it_uncertain() {
    twilio.slow(Duration.ofSeconds(30));

    assertThat(send(sms(twilio.account(Duration.ofSeconds(4)))))
        .isEqualTo(new Uncertain("Twilio's answer to the message was lost (no answer in time)"));
    assertThat(begun).hasValue(1);
  }

  @Test
  void a_connection_that_does_not_open_is_worth_another_try() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    for (String api :
        List.of(
            "http://127.0.0.1:" + port,
            "http://twilio.invalid",
            "https://127.0.0.1:" + twilio.port())) {
      assertThat(send(sms(TwilioServer.at(api, "x", Duration.ofSeconds(10)))))
          .isInstanceOfSatisfying(
              Retryable.class,
              r -> {
                assertThat(r.cause()).startsWith("no connection to Twilio: ");
                assertThat(r.scope()).isEqualTo(Scope.CHANNEL);
              });
    }
    assertThat(begun).hasValue(0);
  }

  @Test
  void a_hand_over_that_is_refused_takes_the_message_back() {
    assertThatThrownBy(
            () ->
                sms()
                    .send(
                        message(ANNA, "Hello"),
                        () -> {
                          throw new IllegalStateException("the claim is lost");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the claim is lost");
    assertThat(twilio.sent()).isEmpty();
  }

  @Test
  void twilio_sees_nothing_of_the_message_before_the_hand_over() {
    sms().send(message(ANNA, "Hello"), () -> assertThat(twilio.sent()).isEmpty());

    assertThat(twilio.sent()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna",
        "06301234567",
        "+0301234567",
        "+361",
        "+3630123456789012",
        "whatsapp:+36301234567"
      })
  void a_number_that_is_none_is_not_sent(String to) {
    assertThat(sms().send(message(to, "Hello"), begun::incrementAndGet))
        .isEqualTo(
            new Rejected(
                "the number is not in international form (expected: + and 7 to 15 digits)",
                Cause.NO_SUCH_ADDRESS));
    assertThat(begun).hasValue(0);
  }

  @Test
  void texts_that_twilio_would_not_take_are_not_sent() {
    assertThat(sms().send(message(ANNA, " "), begun::incrementAndGet))
        .isEqualTo(new Rejected("the message is empty"));
    assertThat(sms().send(message(ANNA, "x".repeat(1601)), begun::incrementAndGet))
        .isEqualTo(
            new Rejected(
                "the message has 1601 characters, and Twilio takes 1600 at most: shorten it"));
    assertThat(sms().send(message(ANNA, "x".repeat(1600)), begun::incrementAndGet))
        .isInstanceOf(Accepted.class);
    assertThat(begun).hasValue(1);
  }

  @Test
  void settings_that_cannot_work_are_refused_with_what_is_expected() {
    assertThatThrownBy(() -> new TwilioSender("Ripen Marketing", null))
        .hasMessageContaining("\"Ripen Marketing\" (expected: a number such as");
    assertThatThrownBy(() -> new TwilioSender(NUMBER, URI.create("/hooks")))
        .hasMessageContaining("\"/hooks\" (expected: such as https://");
    assertThatThrownBy(() -> TwilioAccount.withAuthToken("AC1", "x"))
        .hasMessageContaining("expected: AC and 32 digits");
    assertThatThrownBy(() -> TwilioAccount.withApiKey(TwilioServer.ACCOUNT, "x", "x"))
        .hasMessageContaining("expected: SK and 32 digits");
    assertThatThrownBy(() -> TwilioAccount.withAuthToken(TwilioServer.ACCOUNT, " "))
        .hasMessageContaining("secret is empty");
    assertThat(TwilioAccount.withAuthToken(TwilioServer.ACCOUNT, "x").api())
        .isEqualTo(URI.create("https://api.twilio.com"));
  }
}
