package io.ripen.engine.sales;

import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.rules.Rules;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Chooses the team by the table of routes, and in the team the person who has the fewest leads. The
 * choice is kept: asked again for the same run of the flow, the answer is the same.
 */
public final class ChooseSalesperson {

  private final Rules rules;
  private final LeadFacts leads;
  private final HandoffJdbc handoffs;
  private final TransactionOperations transaction;
  private final Clock clock;

  ChooseSalesperson(
      Rules rules,
      LeadFacts leads,
      HandoffJdbc handoffs,
      TransactionOperations transaction,
      Clock clock) {
    this.rules = rules;
    this.leads = leads;
    this.handoffs = handoffs;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Chooses for one run of the flow.
   *
   * @param instanceKey Zeebe's key of the run
   * @param leadId any id the lead ever had
   * @throws NoRoute when there is no such lead, or no rule for it
   */
  public Choice choose(long instanceKey, UUID leadId) throws NoRoute {
    Facts facts =
        leads
            .read(Subject.lead(leadId))
            .orElseThrow(() -> new NoRoute("there is no lead " + leadId + " (expected: its id)"));
    Route route =
        table()
            .route(facts)
            .orElseThrow(
                () ->
                    new NoRoute(
                        "no rule of "
                            + RoutingTable.FILE
                            + " fits lead "
                            + leadId
                            + " (expected: a last rule for all others)"));
    Choice choice = transaction.execute(status -> choose(instanceKey, facts.leadId(), route));
    if (choice == null) {
      throw new IllegalStateException("nothing was chosen for instance " + instanceKey);
    }
    return choice;
  }

  private RoutingTable table() throws NoRoute {
    return rules
        .now()
        .find(RoutingTable.RULES)
        .orElseThrow(
            () ->
                new NoRoute(
                    "no table tells who gets which leads (expected: %s in the folder with the flows; deploy it with ./ripen flow deploy)"
                        .formatted(RoutingTable.FILE)));
  }

  private Choice choose(long instanceKey, UUID leadId, Route route) {
    // One after the other: who was chosen a moment ago has one lead more already.
    handoffs.lockChoice();
    Instant now = clock.instant();
    Optional<Choice> made = handoffs.choice(instanceKey, leadId);
    if (made.isPresent()) {
      return made.get();
    }
    Choice choice =
        new Choice(
            leadId,
            route.team(),
            route.teamLeads(),
            handoffs.leastBusy(route.team(), now).orElse(null),
            route.within());
    handoffs.add(instanceKey, choice, now);
    return choice;
  }
}
