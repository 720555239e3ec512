package io.ripen.engine.touches;

import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The way of a touch: by which channel, and who makes and sends its message. */
@Component
@Profile("workers")
final class Route {

  /** What costs nothing and reaches people at once comes first. */
  private static final List<Medium> BY_PREFERENCE =
      List.of(Medium.PUSH, Medium.MESSENGER, Medium.SMS);

  private final Senders senders;
  private final Gate gate;
  private final TouchLedger ledger;
  private final LeadFacts leadFacts;

  Route(Senders senders, Gate gate, TouchLedger ledger, LeadFacts leadFacts) {
    this.senders = senders;
    this.gate = gate;
    this.ledger = ledger;
    this.leadFacts = leadFacts;
  }

  /** The channel that the flow names, or the best one. */
  Medium of(Touch touch) {
    Medium named = Medium.named(touch.channel());
    return named != null
        ? named
        : leadFacts.read(touch.about()).map(facts -> best(touch, facts)).orElse(Medium.SMS);
  }

  /**
   * Makes the message.
   *
   * @throws ContentProblem when the flow has no such message, or it cannot be rendered
   */
  Sender.Ready prepare(Touch touch, Medium medium, Facts facts) throws ContentProblem {
    // The gate lets nothing pass that has no sender or no address.
    Sender sender = senders.by(medium).orElseThrow();
    return sender.prepare(touch, facts, Objects.requireNonNull(medium.address(facts)));
  }

  /**
   * The channel that this touch was begun with; else the first that the gate would let it through
   * by; else one by which the lead could be reached, so that the refusal says something of use.
   */
  private Medium best(Touch touch, Facts facts) {
    Medium begun = ledger.medium(touch.key()).orElse(null);
    if (begun != null) {
      return begun;
    }
    for (Medium medium : BY_PREFERENCE) {
      if (isAllowed(touch, medium, facts)) {
        return medium;
      }
    }
    return BY_PREFERENCE.stream()
        .filter(medium -> medium.address(facts) != null)
        .findFirst()
        .orElse(Medium.SMS);
  }

  private boolean isAllowed(Touch touch, Medium medium, Facts facts) {
    try {
      return gate.decide(touch.by(medium), medium, facts).allowed();
    } catch (InvalidFeel e) {
      // Whoever sends it says what is wrong.
      return false;
    }
  }
}
