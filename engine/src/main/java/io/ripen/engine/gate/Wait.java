package io.ripen.engine.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Until when a touch has to wait, and why. */
record Wait(Instant until, String code, String reason) {

  /** The longer one; null where there is none. */
  static @Nullable Wait later(@Nullable Wait one, @Nullable Wait other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.until().isAfter(one.until()) ? other : one;
  }
}
