package io.ripen.engine.touches;

import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.Gate;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The way of a touch: by which channel, and who makes and sends its message. */
@Component
@Profile("workers")
final class Route {

  /** What costs nothing and reaches people at once comes first. */
  private static final List<Medium> BY_PREFERENCE =
      List.of(Medium.PUSH, Medium.MESSENGER, Medium.SMS);

  /** How long ago an answer may have been to tell something of the next. */
  private static final Duration REMEMBERED = Duration.ofDays(180);

  /** What is taken for a channel that nothing was sent by: half of all is answered. */
  private static final double UNKNOWN = 0.5;

  private final Senders senders;
  private final Gate gate;
  private final TouchLedger ledger;
  private final LeadFacts leadFacts;
  private final TouchPolicy policy;
  private final Clock clock;

  Route(
      Senders senders,
      Gate gate,
      TouchLedger ledger,
      LeadFacts leadFacts,
      TouchPolicy policy,
      Clock clock) {
    this.senders = senders;
    this.gate = gate;
    this.ledger = ledger;
    this.leadFacts = leadFacts;
    this.policy = policy;
    this.clock = clock;
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
  Sender.Ready prepare(Touch touch, Medium medium, Facts facts, Claim claim) throws ContentProblem {
    // The gate lets nothing pass that has no sender or no address.
    Sender sender = senders.by(medium).orElseThrow();
    return sender.prepare(
        touch,
        facts,
        Objects.requireNonNull(medium.address(facts)),
        claim.useBy(clock.instant()).until());
  }

  /**
   * The channel that this touch was begun with; else the first that the gate would let it through
   * by, now or soonest; else one by which the lead could be reached, so that the refusal says
   * something of use.
   */
  private Medium best(Touch touch, Facts facts) {
    Medium begun = ledger.medium(touch.key()).orElse(null);
    if (begun != null) {
      return begun;
    }
    List<Medium> byResponse = byResponse(facts.leadId());
    Medium soonest = null;
    Instant soonestAt = Instant.MAX;
    for (Medium medium : byResponse) {
      Instant at = opensAt(touch, medium, facts);
      if (at.isBefore(soonestAt)) {
        soonest = medium;
        soonestAt = at;
      }
    }
    return soonest != null
        ? soonest
        : byResponse.stream()
            .filter(medium -> medium.address(facts) != null)
            .findFirst()
            .orElse(Medium.SMS);
  }

  /** The one first that the lead has answered most often by; equals as we prefer. */
  private List<Medium> byResponse(UUID lead) {
    Map<Medium, Double> rates = ledger.responseRates(lead, clock.instant().minus(REMEMBERED));
    return BY_PREFERENCE.stream()
        .sorted(Comparator.comparingDouble(medium -> -rates.getOrDefault(medium, UNKNOWN)))
        .toList();
  }

  /** When the gate would let it through; never, if it would not. */
  private Instant opensAt(Touch touch, Medium medium, Facts facts) {
    Instant now = clock.instant();
    UseBy useBy = UseBy.of(policy.useBy(touch), Duration.ZERO, now);
    try {
      return switch (gate.decide(touch.request(medium, now, useBy), facts)) {
        case GateDecision.Allow allow -> now;
        case GateDecision.Defer defer -> defer.until();
        case GateDecision.Deny deny -> Instant.MAX;
      };
    } catch (InvalidFeel e) {
      // Whoever sends it says what is wrong.
      return Instant.MAX;
    }
  }
}
