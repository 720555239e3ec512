package io.ripen.channels.twilio;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import io.ripen.channels.Prices.Answer;
import io.ripen.channels.Prices.Answer.Known;
import io.ripen.channels.Prices.Answer.Never;
import io.ripen.channels.Prices.Answer.NotYet;
import io.ripen.channels.Prices.Answer.Unanswered;
import io.ripen.channels.SettableClock;
import io.ripen.channels.ShortMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message cost, as Twilio tells it afterwards. */
class TwilioPricesTest {

  private static final Currency DOLLARS = Currency.getInstance("USD");

  private final SettableClock clock = new SettableClock();
  private final TwilioServer twilio = new TwilioServer(clock);

  @BeforeEach
  void send() {
    new TwilioSms(twilio.account(), new TwilioSender(TwilioServer.NUMBER, null), clock)
        .send(new ShortMessage("1.2", "+36301234567", "", "Your mug waits.", List.of()), () -> {});
  }

  @AfterEach
  void stop() {
    twilio.close();
  }

  private Answer price() {
    return priceOf(twilio.sid(0));
  }

  private Answer priceOf(String sid) {
    return new TwilioPrices(twilio.account(), clock).of(sid);
  }

  @Test
  void the_price_is_there_when_twilio_knows_it_and_has_no_sign() {
    assertThat(price()).isEqualTo(new NotYet());

    twilio.bills(0, "-0.00790", "USD");
    assertThat(price()).isEqualTo(new Known(new BigDecimal("0.00790"), DOLLARS));
    assertThat(twilio.urls().getFirst())
        .isEqualTo(
            "/2010-04-01/Accounts/%s/Messages/%s.json"
                .formatted(TwilioServer.ACCOUNT, twilio.sid(0)));
  }

  @Test
  void a_message_that_cost_nothing_is_known_to() {
    twilio.bills(0, "0", "USD");

    assertThat(price()).isEqualTo(new Known(BigDecimal.ZERO, DOLLARS));
  }

  @Test
  void a_price_that_says_nothing_is_none_yet() {
    twilio.bills(0, "-0.00790", null);
    assertThat(price()).isEqualTo(new NotYet());

    twilio.bills(0, "some", "USD");
    assertThat(price()).isEqualTo(new NotYet());
  }

  @Test
  void of_what_twilio_does_not_have_nobody_will_ever_know() {
    assertThat(priceOf("SM" + "f".repeat(32))).isEqualTo(new Never());
  }

  @Test
  void a_404_of_another_says_nothing_of_the_message() {
    twilio.answering(aResponse().withStatus(404).withBody("<html>no such page"));

    assertThat(price())
        .isEqualTo(
            new Unanswered("Twilio cannot be asked: it answered 404", Duration.ofMinutes(5)));
  }

  @Test
  void too_many_questions_come_back_when_twilio_says_so() {
    twilio.answering(
        aResponse()
            .withStatus(429)
            .withHeader("Retry-After", "7")
            .withBody("{\"code\":20429,\"message\":\"Too Many Requests\",\"status\":429}"));
    assertThat(price())
        .isEqualTo(
            new Unanswered("Twilio cannot be asked: it answered 429", Duration.ofSeconds(7)));

    twilio.answering(429, 20429, "Too Many Requests");
    assertThat(price())
        .isEqualTo(
            new Unanswered("Twilio cannot be asked: it answered 429", Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 500, 503})
  void trouble_of_twilios_or_of_ours_holds_for_all(int status) {
    int before = twilio.requests();
    twilio.answering(aResponse().withStatus(status));

    assertThat(price())
        .isEqualTo(
            new Unanswered("Twilio cannot be asked: it answered " + status, Duration.ofMinutes(5)));
    assertThat(twilio.requests()).as("the SDK repeats nothing").isEqualTo(before + 1);
  }

  @Test
  void an_answer_that_breaks_holds_for_all() {
    twilio.answering(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(price())
        .isInstanceOfSatisfying(
            Unanswered.class, u -> assertThat(u.cause()).startsWith("Twilio cannot be asked: "));
  }

  @Test
  void what_holds_for_one_message_keeps_nobody_from_the_next() {
    twilio.answering(400, 20001, "Unknown parameters");
    assertThat(price()).isEqualTo(new NotYet());

    twilio.answering(aResponse().withStatus(200).withBody("<html>"));
    assertThat(price()).isEqualTo(new NotYet());
  }
}
