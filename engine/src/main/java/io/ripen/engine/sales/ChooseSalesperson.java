package io.ripen.engine.sales;

import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
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

  private final RoutingFile routes;
  private final LeadFacts leads;
  private final HandoffJdbc handoffs;
  private final TransactionOperations transaction;
  private final Clock clock;

  ChooseSalesperson(
      RoutingFile routes,
      LeadFacts leads,
      HandoffJdbc handoffs,
      TransactionOperations transaction,
      Clock clock) {
    this.routes = routes;
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
        routes
            .table()
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
