package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Finding;
import io.ripen.channels.SendResult;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is sent again as its answer was lost may be out, whatever becomes of the tries after that:
 * caps count it, and no flow writes by another channel because of it.
 */
class MayBeOutIT {

  private TouchWorld world = new TouchWorld(WhenUncertain.RESEND);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_try_that_certainly_failed_does_not_make_the_one_before_it_forgotten() {
    world.close();
    Map<String, Object> gate = new HashMap<>(TouchWorld.ANY_TIME);
    gate.put("caps.email.per-day", "1");
    world = new TouchWorld(WhenUncertain.RESEND, gate);
    Touch touch = triedInVainAfterALostAnswer();

    assertThat(world.row(touch)).containsEntry("state", "planned").containsEntry("code", "failed");
    assertThat(world.row(touch).get("handed_over_at")).isNotNull();
    world.provider.isHealthy();
    world.clock.move(Duration.ofMinutes(1));
    assertThat(world.send(world.aTouchTo(touch.leadId()))).isInstanceOf(TryLater.class);

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.state(touch)).isEqualTo("accepted");
  }

  @Test
  void a_try_that_was_refused_for_now_while_the_provider_had_it_does_not_either() {
    Touch touch = triedInVainAfterALostAnswer();
    world.provider.answers(new SendResult.Retryable("451 later", Duration.ZERO));
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);

    assertThat(world.row(touch).get("handed_over_at")).isNotNull();
  }

  @Test
  void given_up_it_is_uncertain_and_done_for_the_flow() {
    Touch touch = triedInVainAfterALostAnswer();
    world.timePasses(Duration.ofHours(25));

    assertUncertain(touch, "gave-up", "Given up after 24h; the last cause: down");
  }

  @Test
  void so_it_is_when_its_last_try_fails() {
    Touch touch = triedInVainAfterALostAnswer();
    world.timePasses(Duration.ofHours(24).minusSeconds(5));

    assertUncertain(touch, "gave-up", "Given up after 24h; the last cause: down");
  }

  @Test
  void so_it_is_when_the_gate_forbids_another_try() {
    Touch touch = triedInVainAfterALostAnswer();
    world.clock.move(Duration.ofSeconds(1));
    world.agrees(touch.leadId(), false);

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch).get("reason"))
        .asString()
        .startsWith("Not tried again; the cause: The lead took the consent");
    assertUncertain(touch, "consent-withdrawn", String.valueOf(world.row(touch).get("reason")));
    assertThat(world.decisions(touch)).endsWith("consent-withdrawn");
    assertThat(
            world
                .meters
                .get("ripen.touches")
                .tags("channel", "email", "outcome", "uncertain", "reason", "consent-withdrawn")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void so_it_is_when_the_gate_forbids_it_at_the_last_look() {
    Touch touch = triedInVainAfterALostAnswer();
    world.provider.isHealthy();
    world.leads.meanwhile.add(() -> {});
    world.leads.meanwhile.add(() -> {});
    world.leads.meanwhile.add(() -> world.leads.cartBecomes(touch.leadId(), "ordered"));

    assertUncertain(
        touch,
        "condition-not-met",
        "Not tried again; the cause: The condition does not hold: cart.state = \"open\"");
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void so_it_is_when_the_provider_takes_no_other_one() {
    Touch touch = triedInVainAfterALostAnswer();
    world.provider.answers(new SendResult.Rejected("550 5.7.1 looks like spam"));

    assertUncertain(touch, "refused", "Not tried again; the cause: 550 5.7.1 looks like spam");
  }

  @Test
  void what_ended_so_is_not_sent_again_when_the_job_comes_again() {
    Touch touch = triedInVainAfterALostAnswer();
    world.provider.answers(new SendResult.Rejected("550 5.7.1 looks like spam"));
    world.send(touch);
    world.provider.isHealthy();

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void a_worker_that_is_lost_with_it_makes_it_so_as_well() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          throw new Killed();
        });
    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
    world.leaseRunsOut(touch);
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch).get("handed_over_at")).isNotNull();
    world.provider.answers(new SendResult.Rejected("550 5.7.1 looks like spam"));

    assertUncertain(touch, "refused", "Not tried again; the cause: 550 5.7.1 looks like spam");
  }

  @Test
  void that_the_provider_does_not_have_the_last_try_says_nothing_of_those_before() {
    world.leads.phone = "+3611";
    UUID lead = world.leads.aLead();
    world.agrees(lead, "sms", true);
    Touch touch = world.aTouchBy("sms", lead);
    world.sms.losesAnswers = true;
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    world.sms.finding = new Finding.Missing();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch).get("handed_over_at")).isNotNull();

    world.sms.asked =
        () -> {
          throw new Killed();
        };
    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
    world.leaseRunsOut(touch);
    world.sms.asked = () -> {};
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.row(touch)).containsEntry("state", "planned");
    assertThat(world.row(touch).get("handed_over_at")).isNotNull();
  }

  @Test
  void where_the_only_try_is_not_there_nothing_is_out() {
    world.leads.phone = "+3611";
    UUID lead = world.leads.aLead();
    world.agrees(lead, "sms", true);
    Touch touch = world.aTouchBy("sms", lead);
    world.sms.losesAnswers = true;
    world.sms.finding = new Finding.Missing();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);

    assertThat(world.row(touch)).containsEntry("state", "planned");
    assertThat(world.row(touch).get("handed_over_at")).isNull();
  }

  private Touch triedInVainAfterALostAnswer() {
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Uncertain("connection reset"));
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    return touch;
  }

  private void assertUncertain(Touch touch, String code, String reason) {
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch))
        .containsEntry("state", "uncertain")
        .containsEntry("code", code)
        .containsEntry("reason", reason);
    assertThat(world.row(touch).get("handed_over_at")).isNotNull();
  }
}
