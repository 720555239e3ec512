package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.ripen.channels.SendResult;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators see of touches, on a real database. */
class TouchMetricsIT {

  private final TouchWorld world = new TouchWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_touch_counts_once_however_often_its_job_comes() {
    Touch touch = world.aTouch();
    world.send(touch);
    world.send(touch);

    assertThat(count("accepted", "none")).isEqualTo(1);
    var delay = world.meters.get("ripen.touches.delay").tag("channel", "email").timer();
    assertThat(delay.count()).isEqualTo(1);
    assertThat(delay.max(TimeUnit.HOURS)).isLessThan(1);
  }

  @Test
  void a_no_of_the_gate_counts_by_its_reason() {
    UUID lead = world.leads.aLead();
    world.send(world.aTouchTo(lead));

    assertThat(count("denied", "no-consent")).isEqualTo(1);
    assertThat(count("accepted", "none")).isZero();
    assertThat(world.meters.get("ripen.gate.decisions").tag("verdict", "deny").timer().count())
        .isPositive();
  }

  @Test
  void tries_that_failed_count_for_nothing_and_what_came_of_them_counts() {
    Touch touch = world.aTouch();
    world.provider.answers(new SendResult.Retryable("away", Duration.ofSeconds(1)));
    world.send(touch);
    world.clock.move(Duration.ofHours(1));
    world.provider.answers(new SendResult.Uncertain("the line broke"));
    world.send(touch);

    assertThat(count("uncertain", "answer-lost")).isEqualTo(1);
    assertThat(world.meters.get("ripen.touches").counters().stream().mapToDouble(Counter::count))
        .as("of this touch")
        .containsOnlyOnce(1.0)
        .containsOnly(0.0, 1.0);
  }

  private double count(String outcome, String reason) {
    return world
        .meters
        .get("ripen.touches")
        .tags("channel", "email", "outcome", outcome, "reason", reason)
        .counter()
        .count();
  }
}
