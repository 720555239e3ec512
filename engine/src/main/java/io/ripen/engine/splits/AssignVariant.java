package io.ripen.engine.splits;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives leads their variant, and keeps it: asked again for the same lead and test, also after two
 * leads became one, it is the same. Safe for use by many threads and engines.
 */
public final class AssignVariant {

  private final ExperimentJdbc table;
  private final TransactionTemplate transaction;
  private final Clock clock;

  AssignVariant(ExperimentJdbc table, TransactionTemplate transaction, Clock clock) {
    this.table = table;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * A split step of a running flow.
   *
   * @param instance Zeebe's process instance key
   */
  public record Place(String flow, int version, String element, long instance) {}

  /** The lead's variant; empty where there is no such lead. */
  public Optional<String> assign(Place place, UUID leadId, Experiment experiment) {
    return table
        .leadOfToday(leadId)
        .map(lead -> transaction.execute(status -> assignTo(lead, place, experiment)));
  }

  private String assignTo(UUID lead, Place place, Experiment experiment) {
    Instant now = clock.instant();
    ExperimentJdbc.Running running = table.running(place, experiment, now);
    Optional<String> known = table.variant(running.id(), lead);
    if (known.isPresent()) {
      return known.get();
    }
    String winner = running.winner();
    String variant =
        winner == null
            ? experiment.split().variant(lead, place.flow(), experiment.place(place.element()))
            : winner;
    table.add(running.id(), lead, new ExperimentJdbc.Given(variant, winner == null, now), place);
    // Somebody else may have been a moment faster.
    return table.variant(running.id(), lead).orElseThrow();
  }
}
