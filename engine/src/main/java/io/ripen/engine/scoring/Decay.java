package io.ripen.engine.scoring;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How points fade: by half in each half-life.
 *
 * @param halfLife null where they stay
 */
public record Decay(@Nullable Duration halfLife) {

  /** Points stay. */
  public static final Decay NONE = new Decay(null);

  /** What is left at one time of points that were given at another. */
  double left(double points, Instant givenAt, Instant at) {
    if (halfLife == null || points == 0) {
      return points;
    }
    double halves = (double) Duration.between(givenAt, at).toMillis() / halfLife.toMillis();
    return points * Math.pow(0.5, halves);
  }
}
