package io.ripen.engine.touches;

import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import java.time.Clock;
import java.util.Objects;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The way of a touch: by which channel, and who makes and sends its message. */
@Component
@Profile("workers")
final class Route {

  private final Senders senders;
  private final BestChannel best;
  private final TouchLedger ledger;
  private final LeadFacts leadFacts;
  private final Clock clock;

  Route(Senders senders, BestChannel best, TouchLedger ledger, LeadFacts leadFacts, Clock clock) {
    this.senders = senders;
    this.best = best;
    this.ledger = ledger;
    this.leadFacts = leadFacts;
    this.clock = clock;
  }

  /** The channel that the flow names, or that the touch was begun with, or the best one. */
  Way of(Touch touch) {
    Medium named = Medium.named(touch.channel());
    return named != null
        ? Way.by(named)
        : leadFacts
            .read(touch.about())
            .map(facts -> best(touch, facts))
            .orElseGet(() -> Way.by(Medium.SMS));
  }

  /**
   * Makes the message.
   *
   * @throws ContentProblem when the flow has no such message, or it cannot be rendered
   */
  Sender.Ready prepare(Touch touch, Facts facts, Claim claim) throws ContentProblem {
    // The gate lets nothing pass that has no sender or no address.
    Sender sender = senders.by(claim.medium()).orElseThrow();
    return sender.prepare(
        touch,
        facts,
        Objects.requireNonNull(claim.medium().address(facts)),
        claim.useBy(clock.instant()).until());
  }

  private Way best(Touch touch, Facts facts) {
    return ledger.medium(touch.key()).map(Way::by).orElseGet(() -> best.of(touch, facts));
  }
}
