package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Kept;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Touches that are kept on the site until somebody sees them. */
class UnseenIT {

  private static final String YET = FakeChannel.UNSEEN;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TouchWorld world = new TouchWorld();

  @BeforeEach
  void they_are_on_the_site() {
    world.leads.onSite = true;
    world.popup.kept = new Kept.Waiting(YET, Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_was_seen_is_sent() {
    Touch touch = aPopupThatWaits();
    assertThat(world.row(touch))
        .containsEntry("state", "handing-over")
        .containsEntry("code", "unseen");
    assertThat(world.row(touch).get("handed_over_at")).as("caps count it").isNotNull();
    assertThat(world.send(touch)).isEqualTo(new TryLater(Duration.ofMinutes(1), YET));

    world.popup.isSeen();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.row(touch))
        .containsEntry("state", "accepted")
        .containsEntry("code", null)
        .containsEntry("provider_id", "popup-1")
        .containsEntry("locale", "en")
        .containsEntry("attempts", 1);
    assertThat(world.popup.taken()).hasSize(1);
    assertThat(counted("accepted", "none")).isEqualTo(1);
  }

  @Test
  void what_nobody_saw_is_not_sent_and_counts_for_no_cap() {
    Touch touch = aPopupThatWaits();
    world.popup.kept = new Kept.Unseen("Nobody saw it.");
    assertThat(world.send(touch)).isEqualTo(new Rejected("Nobody saw it."));
    assertThat(world.row(touch))
        .containsEntry("state", "rejected")
        .containsEntry("code", "unseen")
        .containsEntry("handed_over_at", null);
    assertThat(world.send(touch)).isEqualTo(new Rejected("Nobody saw it."));
    assertThat(counted("rejected", "unseen")).isEqualTo(1);
  }

  @Test
  void who_has_left_or_wants_no_popups_any_more_may_have_seen_it_all_the_same() {
    Touch touch = aPopupThatWaits();
    world.leads.onSite = false;
    world.agrees(touch.leadId(), "popup", false);
    assertThat(world.send(touch)).isEqualTo(new TryLater(Duration.ofMinutes(1), YET));
    world.timePasses(Duration.ofMinutes(40));
    world.popup.isSeen();
    assertThat(world.send(touch)).isEqualTo(new Done());
  }

  @Test
  void of_a_worker_that_died_before_it_could_say_that_it_is_kept_the_site_is_asked() {
    Touch touch = aPopupThatWaits();
    asIfNothingWasSaid(touch);
    assertThat(world.send(touch)).as("it may be alive").isInstanceOf(TryLater.class);
    world.leaseRunsOut(touch);
    assertThat(world.send(touch)).isEqualTo(new TryLater(Duration.ofMinutes(1), YET));
    world.popup.kept = new Kept.Unseen("Nobody saw it.");
    assertThat(world.send(touch)).isEqualTo(new Rejected("Nobody saw it."));
  }

  @Test
  void what_a_worker_that_died_had_not_kept_yet_is_shown_by_the_next() {
    Touch touch = aPopupThatWaits();
    asIfNothingWasSaid(touch);
    world.leaseRunsOut(touch);
    world.popup.kept = new Kept.Missing();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    assertThat(world.state(touch)).isEqualTo("planned");

    assertThat(world.send(touch)).isEqualTo(new TryLater(SECOND, YET));
    assertThat(world.row(touch))
        .containsEntry("state", "handing-over")
        .containsEntry("attempts", 2);
  }

  private Touch aPopupThatWaits() {
    Touch touch = world.aTouchBy("popup", world.leads.aLead());
    assertThat(world.send(touch)).isEqualTo(new TryLater(SECOND, YET));
    return touch;
  }

  private void asIfNothingWasSaid(Touch touch) {
    world.sql.update(
        """
        update touch set code = null, reason = null, provider_id = null, hand_over_ended_at = null,
          claimed_until = clock_timestamp() + interval '4 minutes'
        where key = ?
        """,
        touch.key());
  }

  private double counted(String outcome, String reason) {
    return world
        .meters
        .counter("ripen.touches", "channel", "popup", "outcome", outcome, "reason", reason)
        .count();
  }
}
