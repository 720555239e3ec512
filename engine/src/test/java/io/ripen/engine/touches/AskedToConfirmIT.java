package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.consents.Purposes;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    world.sql.update(
        "insert into suppression (channel, address, purpose, reason, since) values (?, ?, ?, ?, ?)",
        "sms",
        PHONE,
        "all",
        "unsubscribed",
        java.sql.Timestamp.from(world.clock.instant()));
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

  private TouchOutcome send(String purpose) {
    return world.send(world.aTouchBy("sms", lead, purpose));
  }

  private String denied(String purpose) {
    return ((Denied) send(purpose)).code();
  }
}
