package io.ripen.engine.scoring;

import io.ripen.engine.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells what a lead's points mean now. Safe for use by many threads. */
public final class Readiness {

  private final Decay decay;
  private final Rules rules;
  private final Clock clock;

  public Readiness(Decay decay, Rules rules, Clock clock) {
    this.decay = decay;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * How ready a lead is.
   *
   * @param score whole points
   */
  public record Now(int score, Temperature temperature) {}

  /** What is left of the points, and how warm that makes a lead who was last there then. */
  public Now now(Score score, Instant lastSeenAt) {
    Instant now = clock.instant();
    int points = score.at(now, decay);
    TemperatureTable temperatures = rules.now().get(ScoringTables.FILE).temperatures();
    return new Now(points, temperatures.of(points, Duration.between(lastSeenAt, now)));
  }
}
