package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.SendResult;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets a machine's clock while a touch is under way: claims go by the database's. */
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
  @ValueSource(strings = {"-PT25H", "-PT10M", "PT10M", "PT20H"})
  void between_two_attempts(Duration jump) {
    Touch touch = world.aTouch();
    world.provider.isDown();
    assertThat(world.send(touch)).isInstanceOf(TryLater.class);
    world.clock.move(jump);
    world.provider.isHealthy();

    assertThat(world.send(touch)).isEqualTo(new Done());
    isSentOnce(touch);
  }

  private void isSentOnce(Touch touch) {
    world.provider.isHealthy();
    assertThat(world.send(touch)).isEqualTo(new Done());
    assertThat(world.provider.taken()).hasSize(1);
    assertThat(world.state(touch)).isEqualTo("accepted");
  }
}
