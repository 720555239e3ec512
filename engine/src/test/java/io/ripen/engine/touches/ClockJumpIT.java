package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.SendResult;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody sets a machine's clock while a touch is under way: claims, and how long it is of use (24
 * hours here), go by the database's.
 */
class ClockJumpIT {

  private final TouchWorld world = new TouchWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT25H", "-PT10M", "PT10M", "PT25H"})
  void between_the_claim_and_the_hand_over(Duration jump) {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.clock.move(jump);
          assertThat(world.send(touch)).as("another worker").isInstanceOf(TryLater.class);
          return world.provider.take(message, handOver);
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    isSentOnce(touch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT25H", "-PT10M", "PT10M", "PT25H"})
  void while_the_provider_has_it(Duration jump) {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          SendResult result = world.provider.take(message, handOver);
          world.clock.move(jump);
          assertThat(world.send(touch)).as("another worker").isInstanceOf(TryLater.class);
          return result;
        });

    assertThat(world.send(touch)).isEqualTo(new Done());
    isSentOnce(touch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT720H", "-PT25H", "-PT10M", "PT10M", "PT25H", "PT720H"})
  void between_two_attempts(Duration jump) {
    Touch touch = world.aTouch();
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    world.clock.move(jump);
    world.provider.isHealthy();

    assertThat(world.send(touch)).isEqualTo(new Done());
    isSentOnce(touch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT25H", "PT25H", "PT720H"})
  void while_an_attempt_fails(Duration jump) {
    Touch touch = world.aTouch();
    world.provider.behaves(
        (message, handOver) -> {
          world.clock.move(jump);
          return new SendResult.Retryable("down", Duration.ZERO);
        });
    assertThat(world.send(touch)).as("not given up").isInstanceOf(TryLater.class);

    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    isSentOnce(touch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT720H", "-PT25H", "PT0S", "PT25H"})
  void what_is_of_no_more_use_is_sent_by_no_worker_whatever_its_clock_says(Duration jump) {
    Touch touch = world.aTouch();
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    world.provider.isHealthy();
    world.timePasses(Duration.ofHours(24).plusSeconds(1));
    world.clock.move(jump);

    assertThat(world.send(touch))
        .isEqualTo(new Rejected("Given up after 24h; the last cause: down"));
    assertThat(world.provider.taken()).isEmpty();
  }

  @Test
  void while_the_gate_lets_it_wait() {
    try (TouchWorld oneADay = new TouchWorld(WhenUncertain.ASSUME_SENT, oneEMailADay())) {
      UUID lead = oneADay.leads.aLead();
      oneADay.agrees(lead, true);
      oneADay.send(oneADay.aTouchTo(lead));
      oneADay.timePasses(Duration.ofHours(20));
      Touch second = oneADay.aTouchTo(lead);
      assertThat(oneADay.send(second)).isInstanceOf(TryLater.class);

      oneADay.clock.move(Duration.ofHours(25));
      assertThat(oneADay.send(second)).isEqualTo(new Done());
    }
  }

  private static Map<String, Object> oneEMailADay() {
    Map<String, Object> gate = new HashMap<>(TouchWorld.ANY_TIME);
    gate.put("caps.email.per-day", "1");
    return gate;
  }

  private void isSentOnce(Touch touch) {
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
    assertThat(world.state(touch)).isEqualTo("accepted");
  }
}
