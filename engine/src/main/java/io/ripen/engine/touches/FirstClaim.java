package io.ripen.engine.touches;

import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.Gate;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The way that nearly all touches go: nobody has seen this one before, and the gate lets it
 * through. So the gate is asked before the ledger, and one statement does what {@link Admission}
 * needs a transaction for; whatever turns out otherwise is left to that.
 */
@Component
@Profile("workers")
final class FirstClaim {

  private final TouchLedger ledger;
  private final LeadFacts leadFacts;
  private final Gate gate;
  private final TouchPolicy policy;
  private final Clock clock;

  FirstClaim(TouchLedger ledger, LeadFacts leadFacts, Gate gate, TouchPolicy policy, Clock clock) {
    this.ledger = ledger;
    this.leadFacts = leadFacts;
    this.gate = gate;
    this.policy = policy;
    this.clock = clock;
  }

  /** Claims the touch for the caller, or does nothing. */
  Optional<Admission.Admitted.Go> claim(Touch touch, Way way) {
    return leadFacts.read(touch.about()).flatMap(facts -> claim(touch, way, facts));
  }

  private Optional<Admission.Admitted.Go> claim(Touch touch, Way way, Facts facts) {
    try {
      Instant now = clock.instant();
      Duration span = policy.useBy(touch);
      UseBy useBy = UseBy.of(span, Duration.ZERO, now);
      GateDecision decision = gate.decide(touch.request(way.medium(), now, useBy), facts);
      return decision instanceof GateDecision.Allow
          ? ledger
              .claimNew(touch, way, decision, policy.lease(), span, now)
              .map(claim -> new Admission.Admitted.Go(claim, facts))
          : Optional.empty();
    } catch (InvalidFeel e) {
      return Optional.empty();
    }
  }
}
