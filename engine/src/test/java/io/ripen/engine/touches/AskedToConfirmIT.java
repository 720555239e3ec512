package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.consents.Purposes;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate lets through before, between and after the halves of a double opt-in for texts. */
class AskedToConfirmIT {

  private static final String PHONE = "+36301234567";

  private final TouchWorld world = new TouchWorld();
  private UUID lead;

  @BeforeEach
  void begin() {
    world.leads.phone = PHONE;
    lead = world.leads.aLead();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void who_asked_is_asked_to_confirm_and_gets_offers_only_then() {
    assertThat(denied(Purposes.CONFIRMATION)).isEqualTo("no-consent");

    world.says(lead, "sms", Purposes.CONFIRMATION, true);
    assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());
    assertThat(denied("marketing")).isEqualTo("no-consent");

    world.says(lead, "sms", "marketing", true);
    assertThat(send("marketing")).isEqualTo(new Done());
    assertThat(world.sms.taken()).hasSize(2);
  }

  @Test
  void after_a_stop_only_the_question_goes_out_until_it_is_confirmed() {
    stops(PHONE);
    assertThat(denied(Purposes.TRANSACTIONAL)).isEqualTo("suppressed");

    world.clock.move(Duration.ofMinutes(1));
    world.says(lead, "sms", Purposes.CONFIRMATION, true);
    assertThat(denied(Purposes.TRANSACTIONAL)).isEqualTo("suppressed");
    assertThat(denied("marketing")).isEqualTo("suppressed");
    assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());

    world.clock.move(Duration.ofMinutes(1));
    world.says(lead, "sms", "marketing", true);
    assertThat(send("marketing")).isEqualTo(new Done());
    assertThat(send(Purposes.TRANSACTIONAL)).isEqualTo(new Done());
  }

  /** Whoever asks, from however many browsers. */
  @Test
  void a_number_is_asked_three_times_a_day_at_most() {
    for (int i = 0; i < 3; i++) {
      lead = world.leads.aLead();
      world.says(lead, "sms", Purposes.CONFIRMATION, true);
      assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());
    }
    assertThat(denied(Purposes.CONFIRMATION)).isEqualTo("asked-enough");

    world.clock.move(Duration.ofHours(25));
    assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());
  }

  @Test
  void of_many_who_ask_for_one_number_at_once_three_get_the_text() throws Exception {
    List<Callable<TouchOutcome>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      UUID each = world.leads.aLead();
      world.says(each, "sms", Purposes.CONFIRMATION, true);
      Touch touch = world.aTouchBy("sms", each, Purposes.CONFIRMATION);
      all.add(() -> world.send(touch));
    }
    List<TouchOutcome> outcomes = new ArrayList<>();
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<TouchOutcome> outcome : workers.invokeAll(all)) {
        outcomes.add(outcome.get());
      }
    }
    assertThat(world.sms.taken()).hasSize(3);
    assertThat(outcomes).filteredOn(new Done()::equals).hasSize(3);
    assertThat(outcomes)
        .filteredOn(Denied.class::isInstance)
        .hasSize(27)
        .allSatisfy(denied -> assertThat(((Denied) denied).code()).isEqualTo("asked-enough"));
  }

  /** Whatever was sent to it before the STOP counts as well. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_number_that_said_stop_is_asked_three_times_a_month_at_most(boolean erasedSince) {
    for (int day = 0; day < 3; day++) {
      world.says(lead, "sms", Purposes.CONFIRMATION, true);
      assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());
      world.clock.move(Duration.ofDays(2));
    }
    stops(erasedSince ? PrivacyFixture.HASH.ofAddress("sms", PHONE) : PHONE);
    world.clock.move(Duration.ofDays(2));
    lead = world.leads.aLead();
    world.says(lead, "sms", Purposes.CONFIRMATION, true);

    assertThat(send(Purposes.CONFIRMATION))
        .isEqualTo(
            new Denied(
                "asked-enough",
                "3 text messages that ask to confirm went to this address, which said STOP, within"
                    + " a month, whoever asked for them."));
    world.clock.move(Duration.ofDays(23));
    assertThat(send(Purposes.CONFIRMATION)).as("the first is a month ago").isEqualTo(new Done());
    assertThat(denied(Purposes.CONFIRMATION)).isEqualTo("asked-enough");
  }

  @Test
  void days_after_three_texts_a_number_that_never_said_stop_is_asked_again() {
    world.says(lead, "sms", Purposes.CONFIRMATION, true);
    for (int i = 0; i < 3; i++) {
      assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());
    }
    world.clock.move(Duration.ofDays(2));
    assertThat(send(Purposes.CONFIRMATION)).isEqualTo(new Done());
  }

  private void stops(String address) {
    world.sql.update(
        "insert into suppression (channel, address, purpose, reason, since)"
            + " values ('sms', ?, 'all', 'unsubscribed', ?)",
        address,
        Timestamp.from(world.clock.instant()));
  }

  private TouchOutcome send(String purpose) {
    return world.send(world.aTouchBy("sms", lead, purpose));
  }

  private String denied(String purpose) {
    return ((Denied) send(purpose)).code();
  }
}
