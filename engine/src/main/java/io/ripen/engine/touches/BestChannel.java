package io.ripen.engine.touches;

import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.gate.Gate;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Facts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Chooses the channel of a touch whose flow leaves it to us. */
@Component
@Profile("workers")
final class BestChannel {

  /** What costs nothing and reaches people at once comes first. */
  private static final List<Medium> BY_PREFERENCE =
      List.of(Medium.PUSH, Medium.MESSENGER, Medium.SMS);

  /** How long ago an answer may have been to tell something of the next. */
  private static final Duration REMEMBERED = Duration.ofDays(180);

  /** What is taken for a channel that nothing was sent by: half of all is answered. */
  private static final double UNKNOWN = 0.5;

  private final Gate gate;
  private final ResponseRates responseRates;
  private final TouchPolicy policy;
  private final Clock clock;

  BestChannel(Gate gate, ResponseRates responseRates, TouchPolicy policy, Clock clock) {
    this.gate = gate;
    this.responseRates = responseRates;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The first that the gate would let it through by, now or soonest; else one by which the lead
   * could be reached, so that the refusal says something of use.
   */
  Way of(Touch touch, Facts facts) {
    Map<Medium, Double> answers =
        responseRates.of(facts.leadId(), clock.instant().minus(REMEMBERED));
    List<Way.Option> options = new ArrayList<>();
    Medium soonest = null;
    Instant soonestAt = Instant.MAX;
    for (Medium medium : byAnswers(answers)) {
      GateDecision decision = ask(touch, medium, facts);
      options.add(
          new Way.Option(
              medium, answers.getOrDefault(medium, UNKNOWN), decision.verdict(), decision.code()));
      Instant at = opensAt(decision);
      if (at.isBefore(soonestAt)) {
        soonest = medium;
        soonestAt = at;
      }
    }
    Medium best =
        soonest != null
            ? soonest
            : options.stream()
                .map(Way.Option::medium)
                .filter(medium -> medium.address(facts) != null)
                .findFirst()
                .orElse(Medium.SMS);
    return Way.chosen(best, options);
  }

  /** The one first that the lead has answered most often by; equals as we prefer. */
  private static List<Medium> byAnswers(Map<Medium, Double> answers) {
    return BY_PREFERENCE.stream()
        .sorted(Comparator.comparingDouble(medium -> -answers.getOrDefault(medium, UNKNOWN)))
        .toList();
  }

  private GateDecision ask(Touch touch, Medium medium, Facts facts) {
    Instant now = clock.instant();
    UseBy useBy = UseBy.of(policy.useBy(touch), Duration.ZERO, now);
    try {
      return gate.decide(touch.request(medium, now, useBy), facts);
    } catch (InvalidFeel e) {
      // Whoever sends it says what is wrong.
      return new GateDecision.Deny(TouchCodes.BROKEN, "Its condition is no good.");
    }
  }

  /** When it would be let through; never, if it would not. */
  private static Instant opensAt(GateDecision decision) {
    return switch (decision) {
      case GateDecision.Allow allow -> Instant.MIN;
      case GateDecision.Defer defer -> defer.until();
      case GateDecision.Deny deny -> Instant.MAX;
    };
  }
}
