package io.ripen.channels.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Finding.Found;
import io.ripen.channels.Finding.Unknown;
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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioFacebookTest {

  private static final String PAGE = "messenger:103837461229380";
  private static final String ANNA = "messenger:4627193850172931";
  private static final URI CALLBACK =
      URI.create("https://ripen.example/hooks/channels/twilio#rc=5&rp=all");

  private final SettableClock clock = new SettableClock();
  private final TwilioServer twilio = new TwilioServer(clock);
  private final Map<String, Instant> lastHeard = new HashMap<>();
  private final AtomicInteger begun = new AtomicInteger();

  @BeforeEach
  void anna_has_written() {
    wroteAgo(Duration.ofHours(23));
  }

  @AfterEach
  void stop() {
    twilio.close();
  }

  private TwilioFacebook facebook(String from) {
    return new TwilioFacebook(
        twilio.account(),
        new TwilioSender(from, CALLBACK),
        address -> Optional.ofNullable(lastHeard.get(address)),
        clock);
  }

  private SendResult send(ShortMessage message) {
    return facebook(PAGE).send(message, begun::incrementAndGet);
  }

  private static ShortMessage message(String to, String text) {
    return new ShortMessage(
        "1.2", to, "", text, List.of(new Button("See it", "https://r.example/k3J9")));
  }

  private void wroteAgo(Duration ago) {
    lastHeard.put(ANNA, clock.instant().minus(ago));
  }

  @Test
  void who_has_written_within_a_day_gets_our_text_from_the_page() {
    assertThat(send(message(ANNA, "Your mug\nwaits"))).isEqualTo(new Accepted(twilio.sid(0)));
    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("To")).contains(ANNA);
    assertThat(sent.get("From")).contains(PAGE);
    assertThat(sent.get("Body")).contains("Your mug\nwaits\nSee it: https://r.example/k3J9");
    assertThat(sent.get("StatusCallback"))
        .contains("https://ripen.example/hooks/channels/twilio?message=1.2#rc=5&rp=all");
    assertThat(begun).hasValue(1);
  }

  @Test
  void a_messaging_service_may_send_it() {
    facebook(TwilioServer.SERVICE).send(message(ANNA, "Hello"), begun::incrementAndGet);

    Form sent = twilio.sent().getFirst();
    assertThat(sent.get("MessagingServiceSid")).contains(TwilioServer.SERVICE);
    assertThat(sent.get("From")).isEmpty();
  }

  @Test
  void nobody_else_is_written_to() {
    Rejected late =
        new Rejected(
            "the person has not written for 24 hours, and until they do Facebook Messenger takes"
                + " nothing for them");
    wroteAgo(Duration.ofHours(24).minusMinutes(4));
    assertThat(send(message(ANNA, "Hello"))).isEqualTo(late);
    lastHeard.clear();
    assertThat(send(message(ANNA, "Hello"))).isEqualTo(late);
    assertThat(begun).hasValue(0);
    assertThat(twilio.requests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+36301234567", "whatsapp:+36301234567", "messenger:", "messenger:anna", ""})
  void a_contact_of_another_messenger_is_not_written_to(String to) {
    lastHeard.put(to, clock.instant());

    assertThat(send(message(to, "Hello")))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS));
    assertThat(facebook(PAGE).lookUp(message(to, "Hello"), clock.instant()))
        .isInstanceOf(Unknown.class);
    assertThat(begun).hasValue(0);
  }

  @Test
  void what_twilio_would_not_take_is_not_sent() {
    assertThat(send(message(ANNA, "x".repeat(1600)))).isInstanceOf(Rejected.class);
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "63016, Failed to send freeform message because you are outside the allowed window, FILTERED",
    "63003, Channel could not find To address %s, NO_SUCH_ADDRESS",
    "63014, Channel message blocked by user action, UNWANTED",
    "63039, Facebook warning: reduce message rate, FILTERED",
  })
  void refusals_say_what_they_tell_of_the_person(int code, String words, Cause cause) {
    twilio.refuses(ANNA, 400, code, words);

    assertThat(send(message(ANNA, "Hello")))
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> {
              assertThat(r.cause()).isEqualTo(cause);
              assertThat(r.reason()).doesNotContain("4627193850172931", "WhatsApp");
            });
  }

  @Test
  void a_page_that_twilio_does_not_know_is_our_setting() {
    twilio.refuses(ANNA, 400, 63007, "Twilio could not find a Channel with the specified From");

    assertThat(send(message(ANNA, "Hello")))
        .isEqualTo(
            new Retryable(
                "Twilio's error 63007: our sender is none that the account may use",
                Duration.ofMinutes(5),
                Scope.CHANNEL));
  }

  @Test
  void too_much_at_once_waits_and_an_error_of_twilios_leaves_it_open() {
    twilio.refuses(ANNA, 429, 20429, "Too Many Requests");
    assertThat(send(message(ANNA, "Hello")))
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.scope()).isEqualTo(Scope.CHANNEL));

    twilio.refuses(ANNA, 500, 20500, "Internal Server Error");
    assertThat(send(message(ANNA, "Hello"))).isInstanceOf(Uncertain.class);
  }

  @Test
  void a_message_without_an_answer_is_found_by_its_text() {
    ShortMessage message = message(ANNA, "Your mug waits");
    Instant handedOver = clock.instant();
    send(message);

    assertThat(facebook(PAGE).lookUp(message, handedOver)).isEqualTo(new Found(twilio.sid(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+36301112222", "Shop", "12345"})
  void it_comes_from_a_page(String from) {
    assertThatThrownBy(() -> facebook(from))
        .hasMessageContaining("\"%s\" (expected: the id of the page".formatted(from));
  }

  @Test
  void it_is_named() {
    assertThat(facebook(PAGE).name()).isEqualTo("facebook");
  }
}
