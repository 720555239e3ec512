package io.ripen.channels.twilio;

import io.ripen.channels.LastHeard;
import java.time.Clock;
import java.time.Duration;

/** The day after somebody wrote, in which Meta's messengers take free text for them. */
record ReplyWindow(LastHeard lastHeard, Clock clock) {

  /** 24 hours, and a moment in which the message is on its way. */
  private static final Duration LENGTH = Duration.ofHours(24).minusMinutes(5);

  boolean isOpenFor(String contact) {
    return lastHeard
        .lastHeardFrom(contact)
        .filter(at -> at.isAfter(clock.instant().minus(LENGTH)))
        .isPresent();
  }
}
