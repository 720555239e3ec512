package io.ripen.engine.scoring;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sum of a lead's points, as they were at one time: the latest at which points were given, so
 * that the order in which they come in does not matter.
 *
 * @param at null where there were none yet
 */
public record Score(double points, @Nullable Instant at) {

  /**
   * What the order of additions may make of a half: two and a half points are three, however they
   * came together.
   */
  private static final double LESS_THAN_ANY_POINT = 1e-6;

  /** No points yet. */
  public static final Score NONE = new Score(0, null);

  /** With points that were given at any time; negative ones take some away. */
  public Score plus(double more, Instant givenAt, Decay decay) {
    if (at == null) {
      return new Score(more, givenAt);
    }
    Instant latest = givenAt.isAfter(at) ? givenAt : at;
    return new Score(decay.left(points, at, latest) + decay.left(more, givenAt, latest), latest);
  }

  /** With all of another one. */
  public Score plus(Score other, Decay decay) {
    return other.at == null ? this : plus(other.points, other.at, decay);
  }

  /** What is shown and compared: whole points, as much as is left of them at that time. */
  public int at(Instant time, Decay decay) {
    double left = at == null || time.isBefore(at) ? points : decay.left(points, at, time);
    return (int) Math.round(left + LESS_THAN_ANY_POINT);
  }
}
