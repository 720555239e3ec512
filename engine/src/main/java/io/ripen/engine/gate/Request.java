package io.ripen.engine.gate;

import io.ripen.engine.consents.Purposes;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to send.
 *
 * @param key the touch's
 * @param run who wants it
 * @param purpose one of {@link Purposes#ALL}
 * @param onlyIf a FEEL condition on facts that must hold, if any
 * @param plannedAt when the flow asked for it first
 * @param useBy how long it is of use
 */
public record Request(
    long key,
    Run run,
    Medium medium,
    String purpose,
    Priority priority,
    @Nullable String onlyIf,
    Instant plannedAt,
    UseBy useBy) {

  /** The lead, as it was called when the run began. */
  UUID leadId() {
    return run.about().leadId();
  }

  boolean isAwaited() {
    return Purposes.isAwaited(purpose);
  }

  boolean isConfirmation() {
    return purpose.equals(Purposes.CONFIRMATION);
  }
}
