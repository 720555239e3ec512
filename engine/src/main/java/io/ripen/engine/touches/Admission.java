package io.ripen.engine.touches;

import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.Gate;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.touches.TouchOutcome.Broken;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks into the ledger, asks the gate and claims the touch, in one transaction that holds the
 * touch's row: what the gate allowed is what is claimed, and of many workers one gets it.
 */
@Component
@Profile("workers")
class Admission {

  /** So that a worker that comes back when a claim ends finds it ended. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final TouchLedger ledger;
  private final LeadFacts leadFacts;
  private final Gate gate;
  private final TouchPolicy policy;
  private final RetryDelay delay;
  private final Clock clock;

  Admission(
      TouchLedger ledger,
      LeadFacts leadFacts,
      Gate gate,
      TouchPolicy policy,
      RetryDelay delay,
      Clock clock) {
    this.ledger = ledger;
    this.delay = delay;
    this.leadFacts = leadFacts;
    this.gate = gate;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Claims the touch for the caller, or says why it need not or must not be sent now. It goes by
   * the channel that the ledger has: another worker may have chosen one in the meantime.
   */
  @Transactional
  public Admitted admit(Touch touch, Way way) {
    return admit(touch, way, true);
  }

  /** The same, when the provider was asked and could not tell either. */
  @Transactional
  public Admitted admitUncertain(Touch touch, Way way) {
    return admit(touch, way, false);
  }

  private Admitted admit(Touch touch, Way way, boolean mayAsk) {
    TouchRow row = ledger.lock(touch, way, policy.useBy(touch), clock.instant());
    if (!row.isOf(touch)) {
      return new Admitted.Stop(Problems.reusedKey(row));
    }
    if (row.hasArrived() && !row.isHeld() && !row.state().isSettled()) {
      ledger.settle(
          row, TouchState.ACCEPTED, TouchCodes.HEARD_OF, TouchCodes.WAS_HEARD_OF, clock.instant());
      return new Admitted.Stop(new Done());
    }
    return switch (row.state()) {
      case ACCEPTED -> new Admitted.Stop(new Done());
      case REJECTED -> new Admitted.Stop(new Rejected(text(row.reason())));
      case DENIED -> new Admitted.Stop(new Denied(text(row.code()), text(row.reason())));
      case PLANNED -> claim(touch, row);
      case CLAIMED -> row.isHeld() ? held(row) : claim(touch, row);
      case HANDING_OVER ->
          row.isHeld()
              ? held(row)
              : mayAsk && row.handOver() != null
                  ? new Admitted.Ask(row.medium(), row.handOver())
                  : uncertain(touch, row);
      case UNCERTAIN ->
          row.isUncertainForGood() ? new Admitted.Stop(new Done()) : uncertain(touch, row);
    };
  }

  private Admitted claim(Touch touch, TouchRow row) {
    Instant now = clock.instant();
    Duration span = policy.useBy(touch);
    if (isTooLate(row, span)) {
      return tooLate(row, span, now);
    }
    UseBy useBy = UseBy.of(span, row.age().now(), now);
    Optional<Facts> facts = leadFacts.read(touch.about());
    if (facts.isEmpty()) {
      return broken(row, Problems.unknownLead(touch));
    }
    GateDecision decision;
    try {
      decision = gate.decide(touch.request(row.medium(), row.plannedAt(), useBy), facts.get());
    } catch (InvalidFeel e) {
      return broken(row, Problems.badCondition(touch, e));
    }
    return switch (decision) {
      case GateDecision.Allow allow ->
          new Admitted.Go(ledger.claim(row, allow, policy.lease(), span, now), facts.get());
      case GateDecision.Defer defer -> {
        ledger.defer(row, defer, now);
        yield new Admitted.Stop(
            new TryLater(delay.until(defer.until(), useBy.until(), now), defer.reason()));
      }
      case GateDecision.Deny deny -> new Admitted.Stop(ledger.deny(row, deny, now));
    };
  }

  private static boolean isTooLate(TouchRow row, Duration span) {
    return row.age().now().compareTo(span) > 0;
  }

  private Admitted tooLate(TouchRow row, Duration span, Instant now) {
    boolean wasBroken = TouchCodes.BROKEN.equals(row.code());
    if (row.attempts() == 0 || (wasBroken && !row.mayBeOut())) {
      return new Admitted.Stop(
          ledger.deny(
              row,
              new GateDecision.Deny(
                  TouchCodes.TOO_LATE,
                  "Its time came only when it was of no more use; it had waited for this: "
                      + text(row.reason())),
              now));
    }
    String reason = TouchCodes.gaveUp(span, text(row.reason()));
    if (row.mayBeOut()) {
      ledger.settle(row, TouchState.UNCERTAIN, TouchCodes.GAVE_UP, reason, now);
      return new Admitted.Stop(new Done());
    }
    ledger.settle(row, TouchState.REJECTED, TouchCodes.GAVE_UP, reason, now);
    return new Admitted.Stop(new Rejected(reason));
  }

  /** Somebody may have sent it, and is not there to tell. */
  private Admitted uncertain(Touch touch, TouchRow row) {
    if (policy.resends(row.medium()) && !isTooLate(row, policy.useBy(touch))) {
      return claim(touch, row);
    }
    if (row.state() != TouchState.UNCERTAIN) {
      ledger.settle(
          row,
          TouchState.UNCERTAIN,
          TouchCodes.WORKER_LOST,
          TouchCodes.WORKER_WAS_LOST,
          clock.instant());
    }
    return new Admitted.Stop(new Done());
  }

  private Admitted broken(TouchRow row, Broken broken) {
    ledger.note(row, TouchCodes.BROKEN, broken.problem());
    return new Admitted.Stop(broken);
  }

  private static Admitted held(TouchRow row) {
    return new Admitted.Stop(
        new TryLater(row.heldFor().plus(MARGIN), "another worker is sending this touch"));
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "unknown");
  }

  /** Whether the caller may send the touch now. */
  sealed interface Admitted {
    /** It may, under this claim and with these facts. */
    record Go(Claim claim, Facts facts) implements Admitted {}

    /**
     * It was handed over, and its worker was lost before it had an answer, or left it to be seen;
     * who has it may know more.
     */
    record Ask(Medium medium, TouchRow.HandOver handOver) implements Admitted {}

    /** It may not, or need not. */
    record Stop(TouchOutcome outcome) implements Admitted {}
  }
}
