package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnfinishedRegistrationIT extends FlowPaths {

  UnfinishedRegistrationIT(LocalRipen ripen) {
    super("unfinished-registration", ripen);
  }

  private static final String HALF_HOUR = "waitEvent_halfHour";

  @Test
  void who_has_left_the_site_is_written_to_twice_and_not_again_within_a_week() {
    Lead lead = aLead();
    Instances.Instance run = begins(() -> startsToRegister(lead)).awaitAt(HALF_HOUR);
    ripen.advance(Duration.ofMinutes(31));
    run.awaitAt("waitEvent_twoDays");
    lead.link(lead.awaits(1, "email"), "/r/", "https://shop.example.com/here");
    daysLater(2);
    run.awaitEnd("endEvent_calledTwice");
    lead.awaits(2, "email");

    begins(() -> startsToRegister(lead)).awaitEnd("endEvent_onceAWeekRefused");
    daysLater(5);
    begins(() -> startsToRegister(lead)).awaitAt(HALF_HOUR);
  }

  @Test
  void who_is_still_there_is_asked_in_chat() {
    Lead visitor = aVisitor();
    Instances.Instance run = begins(() -> startsToRegister(visitor)).awaitAt(HALF_HOUR);
    ripen.advance(Duration.ofMinutes(29));
    visitor.visits("/register").settles();
    ripen.advance(Duration.ofMinutes(2));
    visitor.sees("chat");
    run.awaitAt("waitEvent_twoDays");
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
    lead.visits("/register").does("Registration Started", Map.of("url", "/register"));
  }
}
