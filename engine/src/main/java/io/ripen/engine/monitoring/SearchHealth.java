package io.ripen.engine.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the read model is fresh, whichever engine reads Camunda's search. */
final class SearchHealth implements HealthIndicator {

  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);
  private static final int MISSED_ROUNDS = 6;

  private final SearchPlacesJdbc places;
  private final SearchRound round;
  private final Clock clock;
  private final Duration patience;

  SearchHealth(SearchPlacesJdbc places, SearchRound round, Clock clock, Duration poll) {
    this.places = places;
    this.round = round;
    this.clock = clock;
    Duration missed = poll.multipliedBy(MISSED_ROUNDS);
    this.patience = missed.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : missed;
  }

  @Override
  public Health health() {
    Optional<Instant> readAt = places.readAt();
    boolean isFresh = readAt.filter(at -> at.plus(patience).isAfter(clock.instant())).isPresent();
    Health.Builder health = isFresh ? Health.up() : Health.down();
    health.withDetail("readAt", readAt.map(Instant::toString).orElse("never"));
    String trouble = round.trouble();
    if (trouble != null) {
      health.withDetail("why", trouble);
    }
    return health.build();
  }
}
