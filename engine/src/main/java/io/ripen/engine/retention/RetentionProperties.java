package io.ripen.engine.retention;

import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long what happened is kept; null for ever. Leads, and all that their events have made of them
 * (facts, points, stages, consents, touches), stay.
 *
 * @param events that came in, but for answers to questions, which sales read, and {@code identify},
 *     which tells of addresses that an erasure has to find
 * @param history signals that were sent, the gate's decisions, popups and lines of chats
 */
@ConfigurationProperties("ripen.retention")
record RetentionProperties(@Nullable Period events, @Nullable Period history) {

  /** Kafka may tell an event of the last week again, and caps and estimates look back as far. */
  private static final Period SHORTEST = Period.ofDays(30);

  RetentionProperties {
    check("events", events);
    check("history", history);
  }

  private static void check(String name, @Nullable Period period) {
    LocalDate day = LocalDate.EPOCH;
    if (period != null && day.plus(period).isBefore(day.plus(SHORTEST))) {
      throw new IllegalArgumentException(
          "ripen.retention.%s is %s (expected: %s or longer, such as P2Y; leave it out to keep all)"
              .formatted(name, period, SHORTEST));
    }
  }
}
