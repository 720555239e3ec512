package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClockTest {

  @TempDir Path folder;

  @Test
  void shows_the_real_time_until_it_is_moved() {
    assertThat(LocalClock.kept(folder.resolve("offset")).instant())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void stays_moved_when_it_is_made_anew() throws IOException {
    LocalClock.kept(folder.resolve("offset")).moveTo(Duration.ofHours(25));

    LocalClock again = LocalClock.kept(folder.resolve("offset"));

    assertThat(again.offset()).isEqualTo(Duration.ofHours(25));
    assertThat(again.instant())
        .isCloseTo(Instant.now().plus(Duration.ofHours(25)), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void view_in_another_zone_moves_along() throws IOException {
    LocalClock clock = LocalClock.kept(folder.resolve("offset"));
    var budapest = clock.withZone(ZoneId.of("Europe/Budapest"));
    clock.moveTo(Duration.ofDays(1));

    assertThat(budapest.instant())
        .isCloseTo(Instant.now().plus(Duration.ofDays(1)), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void file_with_something_else_is_named() throws IOException {
    Files.writeString(folder.resolve("offset"), "tomorrow");

    assertThatThrownBy(() -> LocalClock.kept(folder.resolve("offset")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(folder.resolve("offset").toString());
  }
}
