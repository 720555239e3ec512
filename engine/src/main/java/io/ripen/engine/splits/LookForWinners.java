package io.ripen.engine.splits;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at each test once, when all of its variants have as many leads as its step says and the
 * time of those for the goal is over. What it sees then does not depend on when it comes to look,
 * so an engine that was away decides the same. Several engines decide once: by a lock on the row.
 */
final class LookForWinners {

  private static final Logger LOG = LoggerFactory.getLogger(LookForWinners.class);

  private final ExperimentJdbc tests;
  private final CountJdbc counts;
  private final TransactionTemplate transaction;
  private final Clock clock;

  LookForWinners(
      ExperimentJdbc tests, CountJdbc counts, TransactionTemplate transaction, Clock clock) {
    this.tests = tests;
    this.counts = counts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Looks at all that have their time. */
  void round() {
    for (long id : tests.waiting()) {
      try {
        transaction.executeWithoutResult(status -> tests.lock(id).ifPresent(this::look));
      } catch (DataAccessException e) {
        // It must not keep the others from their look.
        LOG.warn("Test {} is looked at again in a minute: {}", id, e.getClass().getSimpleName());
      }
    }
  }

  private void look(KeptExperiment test) {
    Integer leads = test.experiment().lookAt();
    if (leads == null) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> full =
        counts.fullAt(test, leads, now.minus(test.experiment().goal().within()));
    if (full.isEmpty()) {
      return;
    }
    Map<String, CountJdbc.Count> counted = counts.counts(test, full.get());
    Map<String, Proportion> numbers = new LinkedHashMap<>();
    for (String variant : test.experiment().split().used()) {
      CountJdbc.Count count = counted.getOrDefault(variant, CountJdbc.Count.NONE);
      numbers.put(variant, new Proportion(count.reached(), count.leads()));
    }
    Look look = new Look(now, FixedLook.winner(numbers).orElse(null), numbers);
    tests.decide(test.id(), look);
    LOG.info(
        "Split {} of flow {}: {}",
        test.element(),
        test.flow(),
        look.winner() == null ? "no variant is better" : look.winner() + " is better");
  }
}
