package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnfinishedRegistrationIT extends FlowPaths {

  UnfinishedRegistrationIT(LocalRipen ripen) {
    super("unfinished-registration", ripen);
  }

  private static final String SHOP = "https://shop.example.com";
  private static final String HALF_HOUR = "gateway_whatComesFirst";
  private static final String TWO_DAYS = "gateway_whatComesNext";

  @Test
  void who_has_left_the_site_is_written_to_twice_and_not_again_within_a_week() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> startsToRegister(lead)).awaitAt(HALF_HOUR);
    ripen.advance(Duration.ofMinutes(31));
    run.awaitAt(TWO_DAYS);
    lead.link(lead.awaits(1, "email"), "/r/", SHOP + "/register");
    daysLater(2);
    run.awaitEnd("endEvent_calledTwice");
    lead.awaits(2, "email");

    begins(() -> startsToRegister(lead)).awaitEnd("endEvent_onceAWeekRefused");
    daysLater(5);
    begins(() -> startsToRegister(lead)).awaitAt(HALF_HOUR);
  }

  @Test
  void who_goes_on_is_asked_half_an_hour_after_the_last_step_and_led_to_that_one() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> startsToRegister(lead)).awaitAt(HALF_HOUR);
    minutesLater(20);
    beginsStep(lead, "/register/address");
    run.awaitPast("catchEvent_nextStep").awaitAt(HALF_HOUR);
    minutesLater(20);
    assertThat(lead.messages("email")).as("40 minutes after the first step").isEmpty();
    minutesLater(10);
    run.awaitAt(TWO_DAYS);
    lead.link(lead.awaits(1, "email"), "/r/", SHOP + "/register/address");

    daysLater(1);
    beginsStep(lead, "/register/payment");
    run.awaitPast("catchEvent_begunAgain").awaitAt(TWO_DAYS);
    daysLater(1);
    assertThat(lead.messages("email")).as("a day after the last step").hasSize(1);
    daysLater(1);
    run.awaitEnd("endEvent_calledTwice");
    lead.link(lead.awaits(2, "email"), "/r/", SHOP + "/register/payment");
  }

  @Test
  void who_is_still_there_is_asked_in_chat() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> startsToRegister(visitor)).awaitAt(HALF_HOUR);
    ripen.advance(Duration.ofMinutes(29));
    visitor.visits("/register").settles();
    ripen.advance(Duration.ofMinutes(2));
    run.awaitAt(TWO_DAYS);
    visitor.awaits(1, "chat");
    daysLater(2);
    run.awaitEnd("endEvent_sendLastCallNotSent");
  }

  @Test
  void who_completes_it_is_left_alone() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> startsToRegister(lead)).awaitAt(HALF_HOUR);
    lead.does("Signed Up", Map.of());
    run.awaitEnd("endEvent_registrationCompleted");
    assertThat(lead.messages("email")).isEmpty();
  }

  @Test
  void who_can_be_reached_in_no_way_is_left_alone() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> startsToRegister(visitor)).awaitAt(HALF_HOUR);
    ripen.advance(Duration.ofMinutes(40));
    run.awaitEnd("endEvent_sendComeBackNotSent");
  }

  private static void startsToRegister(Lead lead) {
    beginsStep(lead, "/register");
  }

  private static void beginsStep(Lead lead, String path) {
    lead.visits(path).doesOn(path, "Registration Started", Map.of("step", path));
  }
}
