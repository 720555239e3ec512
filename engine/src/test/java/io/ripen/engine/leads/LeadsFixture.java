package io.ripen.engine.leads;

import io.ripen.engine.scoring.ScoreTable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Leads on real PostgreSQL, for tests of other packages: events go in, all signals are awaited. */
public final class LeadsFixture {

  private final Intake intake;
  private final Clock clock;
  private final DataSource database;

  public LeadsFixture(DataSource database, Clock clock) {
    this.intake = new Intake(database, clock);
    this.clock = clock;
    this.database = database;
  }

  /** Segments whose members a condition tells; at first there is none. */
  public void byCondition(String... segments) {
    intake.byCondition = Set.of(segments);
  }

  public FactsOfMany facts() {
    return (FactsOfMany) intake.facts;
  }

  public Decisions decisions() {
    return intake.decisions;
  }

  /** Looks at a page. */
  public UUID visits(String person) {
    take(Happening.page("/").by(person));
    return intake.visitor(person);
  }

  public UUID studiesPrices(String person) {
    take(Happening.page("/pricing").by(person));
    return intake.visitor(person);
  }

  public void readsArticle(String person) {
    take(Happening.track("Page Read").by(person));
  }

  /** Begins to apply another table to all that happened; each run of the answer does a page. */
  public Runnable recomputes(ScoreTable table) {
    RecomputeScores scores = RecomputeIT.scores(database, table, 200);
    scores.begin();
    return () -> {
      boolean unused = scores.nextPage();
    };
  }

  /** Takes something into the cart. */
  public UUID fillsCart(String person) {
    take(Happening.added("cart-" + person, "mug", 1).by(person));
    return intake.visitor(person);
  }

  /** Takes it out again. */
  public void emptiesCart(String person) {
    take(Happening.removed("cart-" + person, "mug", 1).by(person));
  }

  public UUID buys(String person) {
    take(Happening.ordered("order-" + person, "mug").by(person));
    return intake.visitor(person);
  }

  /** Says who they are: all browsers of one user are one lead. */
  public UUID signsIn(String person, String user) {
    take(Happening.identify(user).by(person).trait("email", user + "@example.org"));
    return intake.visitor(person);
  }

  /** The signals so far that begin so, in order. */
  public List<String> signals(String prefix) {
    return intake.signals().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private void take(Happening happening) {
    intake.take(happening.at(Duration.between(Happening.NOON, clock.instant())));
  }
}
