package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events start a double opt-in, end it, and are its consents, on real PostgreSQL. */
class AskedForTextsIT {

  private final Intake intake =
      new Intake(TestDatabase.migrated(), Clock.fixed(Happening.NOON, ZoneOffset.UTC));

  /** Imported, or sent by a phone that was offline. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Text Messages Requested", "Subscription Requested", "Lead Magnet Requested"})
  void what_was_asked_for_long_ago_starts_nothing_today(String asked) {
    intake.take(track(asked).by("anna").at(Duration.ofHours(-7 * 24 - 1)));
    intake.take(track(asked).by("anna").at(Duration.ofDays(-400)));
    assertThat(intake.signals()).isEmpty();

    intake.take(track(asked).by("anna").at(Duration.ofHours(-7 * 24 + 1)));
    assertThat(intake.signals()).filteredOn(name -> name.endsWith(".requested")).hasSize(1);
  }

  @Test
  void what_comes_again_starts_nothing_again() {
    Happening asks = track("Text Messages Requested").by("anna").id("asks-1").minute(-1);
    intake.take(asks);
    intake.take(asks);
    assertThat(intake.signals()).containsExactly("texts.requested");
    assertThat(intake.consents).hasSize(1);
  }

  @Test
  void a_no_ends_what_runs_however_late_it_is_told() {
    intake.take(
        track("Consent Withdrawn")
            .by("anna")
            .with("channel", "sms")
            .with("purpose", "marketing")
            .at(Duration.ofDays(-40)));
    assertThat(intake.signals()).containsExactly("consent.withdrawn", "texts.refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sms", "SMS", " Sms "})
  void a_yes_to_texts_is_one_however_its_sender_writes_it(String channel) {
    intake.take(
        track("Consent Granted")
            .by("anna")
            .with("channel", channel)
            .with("purpose", "Marketing")
            .minute(-1));
    assertThat(intake.signals()).containsExactly("texts.agreed");
    assertThat(intake.consents)
        .extracting(ConsentChange::channel, ConsentChange::purpose)
        .containsExactly(tuple("sms", "marketing"));
    assertThat(
            intake
                .jdbc
                .sql("select properties ->> 'channel' from event")
                .query(String.class)
                .single())
        .as("what the timeline and reports read")
        .isEqualTo("sms");
  }

  @ParameterizedTest
  @CsvSource({"email, Newsletter, 1", "email, marketing, 0", "push, newsletter, 0"})
  void the_newsletter_is_agreed_to_by_a_yes_to_it_by_email(
      String channel, String purpose, int times) {
    intake.take(
        track("Consent Granted")
            .by("anna")
            .with("channel", channel)
            .with("purpose", purpose)
            .minute(-1));
    assertThat(intake.signals()).filteredOn("newsletter.agreed"::equals).hasSize(times);
  }

  /** So that who takes back something else goes on with it. */
  @ParameterizedTest
  @CsvSource({
    "email, marketing, 1",
    "Email, Marketing, 1",
    "email, newsletter, 0",
    "push, marketing, 0",
    "sms, marketing, 0",
    "telegram, marketing, 0"
  })
  void marketing_is_withdrawn_by_a_no_to_it_by_email(String channel, String purpose, int times) {
    intake.take(
        track("Consent Withdrawn")
            .by("anna")
            .with("channel", channel)
            .with("purpose", purpose)
            .minute(-1));
    assertThat(intake.signals())
        .contains("consent.withdrawn")
        .filteredOn("marketing.withdrawn"::equals)
        .hasSize(times);
  }

  @Test
  void what_others_call_a_channel_stays_as_they_wrote_it() {
    intake.take(track("Ad Clicked").by("anna").with("channel", "Paid Search").minute(-1));
    assertThat(
            intake
                .jdbc
                .sql("select properties ->> 'channel' from event")
                .query(String.class)
                .single())
        .isEqualTo("Paid Search");
  }
}
