package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A touch as the ledger has it.
 *
 * @param dueAt when it was planned, or until when the gate let it wait
 * @param age how long ago it was planned, whatever the clock says that {@code plannedAt} is from
 * @param mayBeOut whether it was handed over, and nobody said that it was not taken
 * @param handOver the last one, if there was any
 * @param hasArrived whether somebody has heard of it since
 * @param heldFor how long its claim is still good, zero or less when it ran out or there is none
 */
record TouchRow(
    long key,
    UUID leadId,
    @Nullable UUID cartId,
    String flow,
    String element,
    long processInstance,
    Medium medium,
    TouchState state,
    @Nullable String code,
    @Nullable String reason,
    int attempts,
    Instant plannedAt,
    Instant dueAt,
    Age age,
    Duration heldFor,
    boolean mayBeOut,
    @Nullable HandOver handOver,
    boolean hasArrived) {

  /**
   * When a message was handed over, by the clock of the database: that of a worker may be wrong.
   *
   * @param ago how long before its row was read
   */
  record HandOver(Instant at, Duration ago) {}

  /** Whether it may be out, and something else than that was why it was tried no more. */
  boolean isUncertainForGood() {
    return state == TouchState.UNCERTAIN
        && !TouchCodes.ANSWER_LOST.equals(code)
        && !TouchCodes.WORKER_LOST.equals(code);
  }

  boolean isHeld() {
    return heldFor.isPositive();
  }

  /** A broker that lost its data hands out its keys again, for other touches. */
  boolean isOf(Touch touch) {
    return leadId.equals(touch.leadId())
        && Objects.equals(cartId, touch.cartId())
        && flow.equals(touch.place().flow())
        && element.equals(touch.place().element())
        && processInstance == touch.place().processInstance();
  }
}
