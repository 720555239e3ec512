package io.ripen.channels.guarded;

import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Tells how long something takes, and not what time it is: nobody sets it. */
final class SteadyClock extends Clock {

  private final TimeMeter time;

  SteadyClock(TimeMeter time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, time.currentTimeNanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("it tells no time of day");
  }
}
