package io.ripen.engine.leads;

import io.ripen.engine.leads.RecomputeJdbc.Done;
import io.ripen.engine.leads.RecomputeJdbc.Position;
import io.ripen.engine.leads.RecomputeJdbc.Visited;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.scoring.ScoringTables;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies the scoring rules as they are now to all past events, a page of leads at a time, in the
 * order of their ids. Each page is one transaction, with the place that the run has come to: what
 * dies between two pages goes on with the next one. Events go on coming in meanwhile; whichever is
 * second at a lead waits for the other, and sees all that it did.
 *
 * <p>Leads that were merged are visited, too, and then whoever they are today is done again: a lead
 * whose turn has not come may bring old points into one that is done already. Raises no signals.
 */
final class RecomputeScores {

  private final TransactionTemplate transaction;
  private final RecomputeJdbc runs;
  private final LeadJdbc leads;
  private final PointsAnew points;
  private final Rules rules;
  private final Decay decay;
  private final Clock clock;
  private final int leadsAtOnce;

  /**
   * @param rules whose newest {@code score.dmn} is applied
   * @param decay and how they fade
   * @param leadsAtOnce in one transaction, for which events of these leads wait
   */
  RecomputeScores(
      TransactionTemplate transaction,
      RecomputeJdbc runs,
      LeadJdbc leads,
      PointsAnew points,
      Rules rules,
      Decay decay,
      Clock clock,
      int leadsAtOnce) {
    this.transaction = transaction;
    this.runs = runs;
    this.leads = leads;
    this.points = points;
    this.rules = rules;
    this.decay = decay;
    this.clock = clock;
    this.leadsAtOnce = leadsAtOnce;
  }

  /** Begins a run, or joins the one that is under way. */
  Recompute begin() {
    // By what was deployed a moment ago, too.
    rules.refresh();
    runs.begin(digest(table()), clock.instant());
    return newest().orElseThrow();
  }

  Optional<Recompute> newest() {
    return runs.newest();
  }

  boolean isUnderWay() {
    return runs.isUnderWay();
  }

  /**
   * Does the next page of the run that is under way. One that began with other rules begins anew:
   * half of the leads by each would be right by neither. So does one whose rules are not the newest
   * any more when it would end.
   *
   * @return whether there is more to do
   * @throws org.springframework.dao.DataAccessException when PostgreSQL is away, or a batch of
   *     events changed the same leads meanwhile; nothing is done then
   */
  boolean nextPage() {
    return Boolean.TRUE.equals(
        transaction.execute(status -> runs.lock().map(this::page).orElse(false)));
  }

  void fail(String problem) {
    runs.fail(problem, clock.instant());
  }

  private boolean page(Position position) {
    ScoreTable table = table();
    if (!position.rules().equals(digest(table))) {
      boolean unused = beginsAnew(position);
      return true;
    }
    List<Visited> page = runs.nextPage(position, leadsAtOnce);
    if (page.isEmpty()) {
      if (beginsAnew(position)) {
        return true;
      }
      runs.finish(position, clock.instant());
      return false;
    }
    UUID last = page.getLast().id();
    Set<UUID> today = new TreeSet<>();
    for (Visited lead : page) {
      if (!comesLater(lead.today(), last, Objects.requireNonNull(position.until()))) {
        today.add(lead.today());
      }
    }
    Done done = today.isEmpty() ? Done.NOTHING : points.apply(leads.lock(today), table);
    runs.advance(
        position,
        last,
        new Done(page.size(), done.changed(), done.added(), done.replaced(), done.removed()));
    return true;
  }

  /** Where it goes by other rules than the newest; who looks first sees what these are. */
  private boolean beginsAnew(Position position) {
    rules.refresh();
    String newest = digest(table());
    if (position.rules().equals(newest)) {
      return false;
    }
    runs.beginAnew(position, newest);
    return true;
  }

  private ScoreTable table() {
    return rules.now().get(ScoringTables.FILE).points();
  }

  private String digest(ScoreTable table) {
    return table.digest() + " " + decay.halfLife();
  }

  /** PostgreSQL orders ids by their bytes; Java's own order takes them for signed numbers. */
  private static boolean comesLater(UUID id, UUID last, UUID until) {
    String text = id.toString();
    return text.compareTo(last.toString()) > 0 && text.compareTo(until.toString()) <= 0;
  }
}
