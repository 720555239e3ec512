package io.ripen.engine.consents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a person may be written to by one channel for one purpose, and if not, why. */
public sealed interface Permission {

  /** Not before, as they want, whether they said yes or nothing at all; null for no pause. */
  default @Nullable Instant pausedUntil() {
    return null;
  }

  /**
   * They may.
   *
   * @param pausedUntil not before, as they want; null where they never asked for a pause
   */
  record Granted(@Nullable Instant pausedUntil) implements Permission {
    public Granted() {
      this(null);
    }
  }

  /**
   * They never said yes.
   *
   * @param pausedUntil as of who did: what is shown on a site needs no yes, and waits as well
   */
  record NeverGiven(@Nullable Instant pausedUntil) implements Permission {
    public NeverGiven() {
      this(null);
    }
  }

  /** They took it back. */
  record Withdrawn(Instant at) implements Permission {}

  /**
   * Nobody may write to this address, whoever's it is.
   *
   * @param reason a word: {@code unsubscribed}, {@code bounced}, {@code complained}
   */
  record Suppressed(String reason, Instant since) implements Permission {}
}
