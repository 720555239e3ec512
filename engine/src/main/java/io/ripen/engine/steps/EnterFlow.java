package io.ripen.engine.steps;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.leads.UnknownLead;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets leads into a flow, or does not: for whom it is, how often, and how soon again. Every
 * decision is kept, so that anybody can see why a lead is not in a flow; asked again for the same
 * instance, it is the same.
 */
@Component
public class EnterFlow {

  private final FlowEntryJdbc entries;
  private final LeadFacts leadFacts;
  private final Feel feel;
  private final Clock clock;

  EnterFlow(FlowEntryJdbc entries, LeadFacts leadFacts, Feel feel, Clock clock) {
    this.entries = entries;
    this.leadFacts = leadFacts;
    this.feel = feel;
    this.clock = clock;
  }

  /**
   * Who may enter.
   *
   * @param onlyIf FEEL on the facts, or null for everybody
   * @param again the shortest time since the same lead last entered, or null
   * @param atMost how often the same lead may enter in all, or null
   */
  public record Rule(
      @Nullable String onlyIf, @Nullable TemporalAmount again, @Nullable Integer atMost) {}

  /** Whether the lead is in. */
  public sealed interface Outcome {
    /** It is. */
    record Entered() implements Outcome {}

    /**
     * It is not.
     *
     * @param code {@code not-meant}, {@code too-soon} or {@code too-often}
     * @param reason a sentence
     */
    record Refused(String code, String reason) implements Outcome {}
  }

  /**
   * Decides.
   *
   * @param flow the BPMN process id
   * @param instance Zeebe's process instance key
   * @throws InvalidFeel when the condition is no good
   * @throws UnknownLead when there is no such lead
   */
  @Transactional(rollbackFor = InvalidFeel.class)
  public Outcome enter(String flow, long instance, Subject subject, Rule rule)
      throws InvalidFeel, UnknownLead {
    Facts facts = leadFacts.read(subject).orElseThrow(() -> new UnknownLead(subject.leadId()));
    UUID lead = facts.leadId();
    entries.lock(flow, lead);
    Outcome known = entries.of(instance, lead);
    if (known != null) {
      return known;
    }
    Instant now = clock.instant();
    Outcome outcome = decide(flow, facts, rule, now);
    entries.add(flow, instance, lead, now, outcome);
    return outcome;
  }

  private Outcome decide(String flow, Facts facts, Rule rule, Instant now) throws InvalidFeel {
    if (rule.onlyIf() != null && !feel.holds(rule.onlyIf(), facts.tree())) {
      return new Outcome.Refused(
          "not-meant", "The condition does not hold: " + rule.onlyIf().strip());
    }
    FlowEntryJdbc.Past past = entries.past(flow, facts.leadId());
    if (rule.atMost() != null && past.times() >= rule.atMost()) {
      return new Outcome.Refused(
          "too-often",
          "The lead was in this flow %d times, and %d is the most."
              .formatted(past.times(), rule.atMost()));
    }
    if (rule.again() != null && past.last() != null) {
      Instant from = past.last().atZone(ZoneOffset.UTC).plus(rule.again()).toInstant();
      if (now.isBefore(from)) {
        return new Outcome.Refused(
            "too-soon",
            "The lead entered this flow on %s, and may again from %s."
                .formatted(day(past.last()), day(from)));
      }
    }
    return new Outcome.Entered();
  }

  private static String day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
