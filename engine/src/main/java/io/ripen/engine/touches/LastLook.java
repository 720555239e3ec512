package io.ripen.engine.touches;

import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.Gate;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.touches.TouchOutcome.Broken;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Asks the gate once more at the last moment: since the touch was admitted, the cart may have been
 * bought or the consent taken back.
 */
@Component
@Profile("workers")
final class LastLook {

  private static final TryLater TAKEN_OVER =
      new TryLater(Duration.ofSeconds(10), "another worker took this touch over");

  private final TouchLedger ledger;
  private final LeadFacts leadFacts;
  private final Gate gate;
  private final TouchPolicy policy;
  private final RetryDelay delay;
  private final Clock clock;

  LastLook(
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
   * Passes the point of no return, if the gate still lets the touch through and the claim is still
   * the caller's. A second yes says nothing new, so only a no is kept.
   *
   * @return why the touch must not go out after all, or nothing when it goes
   */
  Optional<TouchOutcome> handOver(Touch touch, Claim claim) {
    Optional<Facts> facts = leadFacts.read(touch.about());
    if (facts.isEmpty()) {
      return broken(claim, Problems.unknownLead(touch));
    }
    String address = claim.medium().address(facts.get());
    return touch.isConfirmation() && address != null
        // Only so many go to one address, whichever leads have it.
        ? ledger.alone(address, () -> handOver(touch, claim, facts.get()))
        : handOver(touch, claim, facts.get());
  }

  private Optional<TouchOutcome> handOver(Touch touch, Claim claim, Facts facts) {
    Instant now = clock.instant();
    UseBy useBy = claim.useBy(now);
    GateDecision decision;
    try {
      decision = gate.decide(touch.request(claim.medium(), claim.plannedAt(), useBy), facts);
    } catch (InvalidFeel e) {
      return broken(claim, Problems.badCondition(touch, e));
    }
    return switch (decision) {
      case GateDecision.Allow allow ->
          ledger.handOver(
                  claim,
                  Objects.requireNonNull(claim.medium().address(facts)),
                  policy.answerLease(),
                  now)
              ? Optional.empty()
              : Optional.of(TAKEN_OVER);
      case GateDecision.Defer defer ->
          Optional.of(
              ledger.defer(claim, defer, now)
                  ? new TryLater(delay.until(defer.until(), useBy.until(), now), defer.reason())
                  : TAKEN_OVER);
      case GateDecision.Deny deny -> Optional.of(ledger.deny(claim, deny, now).orElse(TAKEN_OVER));
    };
  }

  private Optional<TouchOutcome> broken(Claim claim, Broken broken) {
    ledger.release(claim, TouchCodes.BROKEN, broken.problem(), true);
    return Optional.of(broken);
  }
}
