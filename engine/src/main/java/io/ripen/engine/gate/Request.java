package io.ripen.engine.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to send.
 *
 * @param key the touch's
 * @param purpose {@code marketing}, {@code newsletter} or {@code transactional}
 * @param onlyIf a FEEL condition on facts that must hold, if any
 * @param plannedAt when the flow asked for it first
 * @param useBy how long after that it is of use
 */
public record Request(
    long key,
    UUID leadId,
    Medium medium,
    String purpose,
    Priority priority,
    @Nullable String onlyIf,
    Instant plannedAt,
    Duration useBy) {

  /** What somebody asked for or ordered: it needs no consent, and waits for nothing. */
  public static final String TRANSACTIONAL = "transactional";

  boolean isTransactional() {
    return purpose.equals(TRANSACTIONAL);
  }

  boolean isOfUseAt(Instant when) {
    return !when.isAfter(plannedAt.plus(useBy));
  }
}
