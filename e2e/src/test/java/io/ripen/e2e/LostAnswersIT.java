package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Patience.soonByAndBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Twilio is handed a text message, and its answer never comes. What became of the message is
 * settled by what Twilio says later, asked or unasked, and nobody gets it twice.
 */
@OwnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswersIT {

  private static final String FLOW = "says-where-the-parcel-is";

  /** Longer than a worker waits until it looks again. */
  private static final Duration STEP = Duration.ofMinutes(10);

  private final LocalRipen ripen =
      LocalRipen.startWith(
          // Twilio is asked to call us back only where it could.
          "--ripen.public-url=https://go.example.com");
  private final OneMessage flows = new OneMessage(ripen);
  private final Twilio twilio = Twilio.here();

  @BeforeAll
  void draw() {
    flows.make(FLOW, "sms", "transactional", "Your parcel is on its way, and comes tomorrow.");
  }

  @AfterAll
  void stop() {
    flows.close();
    ripen.close();
  }

  @Test
  void a_callback_that_comes_while_it_is_open_settles_it() {
    Receiver anna = new Receiver();
    Instances.Instance run = anna.isSentATextWhoseAnswerIsLost();

    twilio.reports(ripen.http(), anna.phone, "delivered", Map.of());
    anna.awaitText(text -> assertThat(text).containsEntry("delivered", true));
    anna.letTimePassUntil("accepted");
    run.awaitEnd("sent");
    assertThat(anna.text()).containsEntry("attempts", 1).containsEntry("code", "heard-of");
    assertThat(twilio.textsTo(anna.phone)).hasSize(1);
  }

  @Test
  void a_callback_settles_what_was_given_up_as_uncertain() {
    Receiver anna = new Receiver();
    Instances.Instance run = anna.isSentATextWhoseAnswerIsLost();
    anna.letTimePassUntil("uncertain");
    run.awaitEnd("sent");
    assertThat(anna.text()).containsEntry("delivered", false);

    assertThat(
            twilio.reports(
                ripen.http(), anna.phone, "delivered", Map.of(), "the token of somebody else"))
        .isEqualTo(403);
    assertThat(anna.text()).containsEntry("state", "uncertain");

    twilio.reports(ripen.http(), anna.phone, "delivered", Map.of());
    anna.awaitText(
        text ->
            assertThat(text)
                .containsEntry("state", "accepted")
                .containsEntry("delivered", true)
                .containsEntry("code", "")
                .containsEntry("attempts", 1));
    assertThat(twilio.textsTo(anna.phone)).hasSize(1);
  }

  /** Twilio took it, so it is not sent again; and a phone that is off closes no number. */
  @Test
  void a_phone_that_cannot_be_reached_is_told_and_the_next_text_goes_there_all_the_same() {
    Receiver anna = new Receiver();
    Instances.Instance run = anna.isSentATextWhoseAnswerIsLost();

    twilio.reports(ripen.http(), anna.phone, "undelivered", Map.of("ErrorCode", "30003"));
    anna.awaitText(
        text -> assertThat(text).containsEntry("undelivered", "the phone could not be reached"));
    anna.letTimePassUntil("accepted");
    run.awaitEnd("sent");
    assertThat(anna.text()).containsEntry("attempts", 1).containsEntry("delivered", false);
    assertThat(twilio.textsTo(anna.phone)).hasSize(1);

    twilio.befalls(anna.phone, null);
    flows.send(FLOW, anna.lead);
    assertThat(twilio.textsTo(anna.phone)).hasSize(2);
  }

  @Test
  void what_twilio_has_when_it_is_asked_is_accepted_at_once() {
    Receiver anna = new Receiver();
    twilio.befalls(anna.phone, Twilio.Mishap.ANSWER_CUT);
    flows.send(FLOW, anna.lead);

    assertThat(anna.text())
        .containsEntry("state", "accepted")
        .containsEntry("sid", twilio.sidOfTextTo(anna.phone))
        .containsEntry("attempts", 1);
    assertThat(twilio.textsTo(anna.phone)).hasSize(1);
  }

  @Test
  void what_twilio_does_not_have_is_sent_again() {
    Receiver anna = new Receiver();
    twilio.befalls(anna.phone, Twilio.Mishap.MESSAGE_LOST);
    Instances.Instance run = flows.begin(FLOW, anna.lead);
    anna.awaitText(text -> assertThat(text).containsEntry("state", "handing-over"));
    soon("the loss").until(() -> twilio.lostTo(anna.phone) == 1);
    twilio.befalls(anna.phone, null);

    anna.letTimePassUntil("accepted");
    run.awaitEnd("sent");
    assertThat(anna.text())
        .containsEntry("attempts", 2)
        .containsEntry("sid", twilio.sidOfTextTo(anna.phone));
    assertThat(twilio.textsTo(anna.phone)).hasSize(1);
  }

  /** Somebody with a telephone. */
  private final class Receiver {

    private final String phone =
        "+3670" + (1_000_000 + ThreadLocalRandom.current().nextInt(9_000_000));
    private final String lead;

    Receiver() {
      String browser = UUID.randomUUID().toString();
      Map<String, Object> identify =
          Map.of(
              "type",
              "identify",
              "anonymousId",
              browser,
              "messageId",
              UUID.randomUUID().toString(),
              "traits",
              Map.of("phone", phone));
      assertThat(ripen.http().post(List.of(identify)).statusCode()).isEqualTo(200);
      lead =
          soon("the lead").until(() -> ripen.database().leadOfBrowser(browser), id -> id != null);
    }

    /** Twilio has the text, and says nothing of it until it calls. */
    Instances.Instance isSentATextWhoseAnswerIsLost() {
      twilio.befalls(phone, Twilio.Mishap.ANSWER_CUT);
      twilio.listsNothingTo(phone);
      Instances.Instance run = flows.begin(FLOW, lead);
      soon("the text").until(() -> twilio.textsTo(phone).size() == 1);
      assertThat(text()).containsEntry("state", "handing-over").containsEntry("delivered", false);
      return run;
    }

    /** The first text that went there, or may have, as the ledger has it. */
    Map<String, Object> text() {
      return ripen.database().textsTo(lead).getFirst();
    }

    void awaitText(Consumer<Map<String, Object>> is) {
      soon("the text in the ledger").untilAsserted(() -> is.accept(text()));
    }

    /** Jobs and claims run out meanwhile, and a worker looks at the touch again. */
    void letTimePassUntil(String state) {
      soonByAndBy(state, Duration.ofSeconds(3))
          .untilAsserted(
              () -> {
                if (!state.equals(text().get("state"))) {
                  ripen.database().ageClaims(STEP);
                  twilio.timePasses(STEP);
                  ripen.advance(STEP);
                }
                assertThat(text()).containsEntry("state", state);
              });
    }
  }
}
