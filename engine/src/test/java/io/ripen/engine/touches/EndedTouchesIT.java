package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.SendResult;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.onsite.OnSiteFixture;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of touches whose step Zeebe has ended, or whose job never comes again. */
class EndedTouchesIT {

  private TouchWorld world = new TouchWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_the_gate_let_wait_was_not_sent_and_a_late_job_hears_it() {
    oneMailADay();
    UUID lead = aLead();
    assertThat(world.send(world.aTouchTo(lead))).isEqualTo(new Done());
    world.clock.move(Duration.ofMinutes(1));
    Touch waiting = world.aTouchTo(lead);
    assertThat(world.send(waiting)).isInstanceOf(TryLater.class);
    String waitedFor = String.valueOf(world.row(waiting).get("reason"));
    look();
    assertThat(world.state(waiting)).as("it runs yet").isEqualTo("planned");

    stepEnds(waiting);
    look();
    String reason = "The flow ended first. It had waited for this: " + waitedFor;
    assertThat(world.row(waiting))
        .containsEntry("state", "denied")
        .containsEntry("code", "flow-ended")
        .containsEntry("reason", reason);
    assertThat(world.row(waiting).get("settled_at")).isNotNull();
    assertThat(world.send(waiting)).isEqualTo(new Denied("flow-ended", reason));
    assertThat(world.provider.taken()).hasSize(1);
    assertThat(counted("denied", "flow-ended")).isEqualTo(1);
    assertThat(notes()).isZero();
  }

  @Test
  void it_is_in_nobodys_way_any_more() {
    oneMailADay();
    UUID lead = aLead();
    assertThat(world.send(world.aTouchTo(lead))).isEqualTo(new Done());
    world.clock.move(Duration.ofMinutes(1));
    Touch important = with(world.aTouchTo(lead), Priority.HIGH);
    assertThat(world.send(important)).isInstanceOf(TryLater.class);
    world.clock.move(Duration.ofDays(1).plusSeconds(1));
    Touch other = with(world.aTouchTo(lead), Priority.LOW);
    assertThat(world.send(other)).as("the important one first").isInstanceOf(TryLater.class);

    stepEnds(important);
    look();
    assertThat(world.send(other)).isEqualTo(new Done());
  }

  @Test
  void what_was_being_retried_was_not_sent() {
    Touch touch = world.aTouch();
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);

    stepEnds(touch);
    look();
    assertThat(world.row(touch))
        .containsEntry("state", "denied")
        .containsEntry("reason", "The flow ended first. It had waited for this: down");
  }

  @Test
  void of_a_worker_that_died_before_it_began_to_send_nothing_is_left_when_its_claim_ends() {
    Touch touch = world.aTouch();
    world.catalog.killing = true;
    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
    stepEnds(touch);
    look();
    assertThat(world.state(touch)).as("it may be alive").isEqualTo("claimed");

    world.leaseRunsOut(touch);
    look();
    assertThat(world.row(touch))
        .containsEntry("state", "denied")
        .containsEntry("code", "flow-ended")
        .containsEntry("reason", "The flow ended first.");
  }

  @Test
  void a_worker_that_comes_to_itself_after_that_sends_nothing() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          stepEnds(touch);
          world.leaseRunsOut(touch);
          look();
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.provider.taken()).isEmpty();
    assertThat(world.row(touch)).containsEntry("code", "flow-ended");
  }

  @Test
  void of_a_worker_that_died_while_the_provider_had_it_nobody_knows_until_it_is_heard_of() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          throw new Killed();
        });
    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
    stepEnds(touch);
    look();
    assertThat(world.state(touch)).isEqualTo("handing-over");

    world.leaseRunsOut(touch);
    look();
    assertThat(world.row(touch))
        .containsEntry("state", "uncertain")
        .containsEntry("code", "worker-lost");
    assertThat(world.row(touch).get("handed_over_at")).as("caps count it").isNotNull();
    assertThat(counted("uncertain", "worker-lost")).isEqualTo(1);
  }

  @Test
  void what_was_heard_of_meanwhile_was_sent() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          handOver.begin();
          throw new Killed();
        });
    assertThatThrownBy(() -> world.send(touch)).isInstanceOf(Killed.class);
    world.sql.update("update touch set delivered_at = now() where key = ?", touch.key());
    stepEnds(touch);
    world.leaseRunsOut(touch);
    look();

    assertThat(world.row(touch))
        .containsEntry("state", "accepted")
        .containsEntry("code", "heard-of");
  }

  @Test
  void what_waits_on_the_site_to_be_seen_is_taken_back_and_what_was_seen_was_sent() {
    Touch unseen = onSite();
    Touch seen = onSite();
    OnSiteFixture.sees(world.sql, seen.leadId(), world.clock);
    stepEnds(unseen);
    stepEnds(seen);
    look();

    assertThat(world.row(unseen))
        .containsEntry("state", "denied")
        .containsEntry("code", "flow-ended")
        .containsEntry(
            "reason", "The flow ended first. It had waited for this: nobody has seen it yet")
        .containsEntry("handed_over_at", null);
    assertThat(world.row(seen)).containsEntry("state", "accepted");
    assertThat(world.row(seen).get("handed_over_at")).isNotNull();
    assertThat(
            world.sql.queryForList(
                "select shown_at is null from onsite_message where taken_back_at is not null",
                Boolean.class))
        .containsExactly(true);
  }

  /** A popup that is kept, by the channel that ships. */
  private Touch onSite() {
    world.leads.onSite = true;
    world.popup.behavesAs(OnSiteFixture.popup(world.sql, world.clock));
    UUID lead = world.leads.aLead();
    world.sql.update(
        "insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())", lead);
    Touch touch = world.aTouchBy("popup", lead);
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    return touch;
  }

  @Test
  void what_was_to_be_sent_again_may_be_out() {
    world.close();
    world = new TouchWorld(WhenUncertain.RESEND);
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Uncertain("connection reset"));
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.state(touch)).isEqualTo("planned");

    stepEnds(touch);
    look();
    assertThat(world.row(touch))
        .containsEntry("state", "uncertain")
        .containsEntry("code", "answer-lost");
  }

  @Test
  void a_worker_that_is_at_it_ends_what_it_began() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          stepEnds(touch);
          look();
          SendResult taken = world.provider.take(message, handOver);
          look();
          return taken;
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(notes()).isEqualTo(1);
    look();
    assertThat(world.state(touch)).isEqualTo("accepted");
    assertThat(notes()).isZero();
  }

  @Test
  void a_worker_that_is_at_it_and_fails_leaves_nothing_open() {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          stepEnds(touch);
          look();
          return new SendResult.Retryable("451 later", Duration.ZERO);
        });
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.state(touch)).isEqualTo("planned");

    look();
    assertThat(world.state(touch)).isEqualTo("denied");
  }

  @Test
  void a_step_may_end_before_its_touch_begins() {
    oneMailADay();
    UUID lead = aLead();
    assertThat(world.send(world.aTouchTo(lead))).isEqualTo(new Done());
    world.clock.move(Duration.ofMinutes(1));
    Touch late = world.aTouchTo(lead);
    stepEnds(late);
    look();
    assertThat(notes()).isEqualTo(1);

    assertThat(world.send(late)).isInstanceOf(TryLater.class);
    look();
    assertThat(world.row(late)).containsEntry("code", "flow-ended");
  }

  @Test
  void that_no_touch_begins_any_more_is_sure_after_a_while() {
    stepEnds(world.aTouch());
    look();
    assertThat(notes()).isEqualTo(1);
    world.sql.update("update ended_step set noted_at = noted_at - interval '16 minutes'");
    look();
    assertThat(notes()).isZero();
  }

  @Test
  void what_is_settled_stays_as_it_is_however_often_the_end_is_told() {
    Touch sent = world.aTouch();
    world.send(sent);
    Touch refused = world.aTouchTo(world.leads.aLead());
    world.send(refused);
    Map<String, Object> before = world.row(sent);
    Map<String, Object> other = world.row(refused);
    for (int i = 0; i < 2; i++) {
      stepEnds(sent);
      stepEnds(refused);
      look();
    }

    assertThat(world.row(sent)).isEqualTo(before);
    assertThat(world.row(refused)).isEqualTo(other);
    assertThat(notes()).isZero();
  }

  @Test
  void whose_end_nobody_told_is_settled_a_day_after_it_was_of_use() {
    Touch touch = world.aTouch();
    Touch broken = world.aTouch();
    world.provider.isDown();
    world.send(touch);
    world.catalog.broken = true;
    world.send(broken);
    world.timePasses(Duration.ofHours(47));
    look();
    assertThat(world.state(touch)).isEqualTo("planned");

    world.timePasses(Duration.ofHours(49));
    look();
    assertThat(world.row(touch))
        .containsEntry("state", "denied")
        .containsEntry("code", "too-late")
        .containsEntry(
            "reason",
            "It was of no more use before its flow asked for it again. It had waited for this: down");
    assertThat(world.row(broken))
        .as("who mends it now would hear that, too")
        .containsEntry("state", "denied")
        .containsEntry("code", "too-late");
  }

  @Test
  void what_a_broker_said_that_has_lost_its_data_ends_no_touch_that_got_the_key_since() {
    world.provider.isDown();
    Touch touch = world.aTouch();
    stepEndedAgo(touch, "2 hours");
    world.send(touch);
    look();
    assertThat(world.state(touch)).isEqualTo("planned");
    assertThat(notes()).isZero();

    stepEndedAgo(touch, "2 hours");
    stepEndedAgo(touch, "59 minutes");
    look();
    assertThat(world.row(touch)).containsEntry("code", "flow-ended");
  }

  /** As the read model notes it. */
  private void stepEnds(Touch touch) {
    stepEndedAgo(touch, "0 minutes");
  }

  private void stepEndedAgo(Touch touch, String ago) {
    world.sql.update(
        """
        insert into ended_step (key, partition, ended_at) values (?, 1, now() - ?::interval)
        on conflict (key) do update set ended_at = excluded.ended_at
        """,
        touch.key(),
        ago);
  }

  private void look() {
    boolean more = new EndedTouches(world.sql, new TouchMetrics(world.meters), world.clock).run();
    assertThat(more).isFalse();
  }

  private long notes() {
    Long notes = world.sql.queryForObject("select count(*) from ended_step", Long.class);
    return notes == null ? 0 : notes;
  }

  private double counted(String outcome, String reason) {
    return world
        .meters
        .get("ripen.touches")
        .tags("channel", "email", "outcome", outcome, "reason", reason)
        .counter()
        .count();
  }

  private UUID aLead() {
    UUID lead = world.leads.aLead();
    world.agrees(lead, true);
    return lead;
  }

  private static Touch with(Touch touch, Priority priority) {
    return new Touch(
        touch.key(),
        touch.about(),
        touch.channel(),
        touch.purpose(),
        touch.message(),
        touch.onlyIf(),
        priority,
        Duration.ofDays(2),
        touch.place());
  }

  private void oneMailADay() {
    world.close();
    Map<String, Object> gate = new HashMap<>(TouchWorld.ANY_TIME);
    gate.put("caps.email.per-day", "1");
    world = new TouchWorld(WhenUncertain.ASSUME_SENT, gate);
  }
}
