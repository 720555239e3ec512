package io.ripen.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import io.ripen.channels.Finding;
import io.ripen.channels.Finding.Found;
import io.ripen.channels.Finding.Missing;
import io.ripen.channels.Finding.Unknown;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.SettableClock;
import io.ripen.channels.ShortMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether Twilio has what it never answered to. */
class TwilioLookUpTest {

  private static final String ANNA = "+36301234567";
  private static final String TEXT = "Your mug waits: https://r.example/k3J9";
  private static final ShortMessage MESSAGE = new ShortMessage("1.2", ANNA, "", TEXT, List.of());

  private final SettableClock clock = new SettableClock();
  private final TwilioServer twilio = new TwilioServer(clock);
  private final TwilioSender sender = new TwilioSender(TwilioServer.NUMBER, null);
  private final Instant handedOver = clock.instant();

  @AfterEach
  void stop() {
    twilio.close();
  }

  private TwilioSms sms(Duration answerTimeout) {
    return new TwilioSms(twilio.account(answerTimeout), sender, clock);
  }

  private Finding lookUp() {
    twilio.healthy();
    return sms(Duration.ofSeconds(10)).lookUp(MESSAGE, handedOver);
  }

  private void waitUntilItIsListed() {
    clock.advance(Duration.ofMinutes(2));
  }

  @Test
  void what_twilio_took_without_an_answer_is_found_at_once() {
    twilio.slow(Duration.ofSeconds(30));
    assertThat(sms(Duration.ofSeconds(4)).send(MESSAGE, () -> {})).isInstanceOf(Uncertain.class);
    await().atMost(Duration.ofSeconds(30)).until(() -> !twilio.sent().isEmpty());

    assertThat(lookUp()).isEqualTo(new Found(twilio.sid(0)));
  }

  @Test
  void what_twilio_put_words_before_is_found() {
    twilio.onTrial();
    twilio.slow(Duration.ofSeconds(30));
    sms(Duration.ofSeconds(4)).send(MESSAGE, () -> {});
    await().atMost(Duration.ofSeconds(30)).until(() -> !twilio.sent().isEmpty());

    assertThat(lookUp()).isEqualTo(new Found(twilio.sid(0)));
  }

  @Test
  void what_never_reached_twilio_is_missing_once_it_would_be_listed() {
    twilio.answering(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertThat(sms(Duration.ofSeconds(10)).send(MESSAGE, () -> {})).isInstanceOf(Uncertain.class);
    clock.advance(Duration.ofSeconds(30));

    assertThat(lookUp())
        .isEqualTo(new Unknown("Twilio may not have listed it yet", Duration.ofSeconds(40)));
    clock.advance(Duration.ofSeconds(40));
    assertThat(lookUp()).isEqualTo(new Missing());
  }

  @Test
  void messages_of_other_days_of_other_people_and_of_hers_do_not_matter() {
    twilio.has("outbound-api", ANNA, TEXT, handedOver.minus(Duration.ofDays(1)));
    twilio.has("outbound-api", ANNA, TEXT, handedOver.plus(Duration.ofHours(1)));
    twilio.has("outbound-api", "+36309999999", TEXT, handedOver);
    twilio.has("inbound", ANNA, TEXT, handedOver);
    waitUntilItIsListed();

    assertThat(lookUp()).isEqualTo(new Missing());
  }

  @Test
  void another_text_to_the_same_person_in_that_minute_may_be_ours_in_other_words() {
    twilio.has("outbound-api", ANNA, "Your mug waits: https://short.example/1", handedOver);
    waitUntilItIsListed();

    assertThat(lookUp()).isInstanceOf(Unknown.class);
  }

  @Test
  void of_two_that_say_the_same_in_that_minute_nobody_knows_which_is_ours() {
    ShortMessage message =
        new ShortMessage("1.2", ANNA, "", "Please answer YES to get our texts.", List.of());
    twilio.has("outbound-api", ANNA, message.text(), handedOver);
    twilio.healthy();
    assertThat(sms(Duration.ofSeconds(10)).lookUp(message, handedOver))
        .isEqualTo(new Found(twilio.sid(0)));

    twilio.has("outbound-api", ANNA, message.text(), handedOver.plusSeconds(30));
    assertThat(sms(Duration.ofSeconds(10)).lookUp(message, handedOver)).isInstanceOf(Unknown.class);
  }

  @Test
  void two_with_our_link_are_both_ours() {
    twilio.has("outbound-api", ANNA, TEXT, handedOver);
    twilio.has("outbound-api", ANNA, TEXT, handedOver.plusSeconds(30));

    assertThat(lookUp()).isInstanceOf(Found.class);
  }

  @Test
  void ours_is_found_on_a_later_page() {
    twilio.has("outbound-api", ANNA, TEXT, handedOver.plusSeconds(3));
    for (int i = 0; i < 450; i++) {
      twilio.has("outbound-api", ANNA, "News " + i, handedOver.plus(Duration.ofDays(1)));
    }

    assertThat(lookUp()).isEqualTo(new Found(twilio.sid(0)));
    assertThat(twilio.requests()).isEqualTo(3);
    assertThat(twilio.urls())
        .as("a message that still waits has no day on which it was sent")
        .noneMatch(url -> url.contains("DateSent"))
        .allMatch(url -> url.contains("To=%2B36301234567"));
  }

  @Test
  void more_than_can_be_looked_through_is_unknown() {
    for (int i = 0; i < 2001; i++) {
      twilio.has("outbound-api", ANNA, "News " + i, handedOver.plus(Duration.ofDays(1)));
    }
    waitUntilItIsListed();

    assertThat(lookUp()).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 429, 500})
  void twilio_that_does_not_tell_leaves_it_unknown(int status) {
    twilio.answering(aResponse().withStatus(status).withBody("no list for +36301234567"));
    waitUntilItIsListed();

    assertThat(sms(Duration.ofSeconds(10)).lookUp(MESSAGE, handedOver))
        .isInstanceOfSatisfying(
            Unknown.class,
            u -> {
              assertThat(u.cause()).doesNotContain(ANNA);
              assertThat(u.backoff()).isPositive();
            });
  }

  @Test
  void twilio_that_is_away_leaves_it_unknown() {
    TwilioSms nowhere =
        new TwilioSms(
            TwilioServer.at("http://127.0.0.1:1", "x", Duration.ofSeconds(10)), sender, clock);

    assertThat(nowhere.lookUp(MESSAGE, handedOver))
        .isEqualTo(
            new Unknown("Twilio cannot be asked: connection refused", Duration.ofMinutes(1)));
  }
}
