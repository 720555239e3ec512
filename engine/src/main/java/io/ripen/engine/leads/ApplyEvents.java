package io.ripen.engine.leads;

import io.ripen.engine.consents.Consents;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.privacy.Erased;
import io.ripen.engine.rules.RuleSet;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.scoring.ScoreRule;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.scoring.ScoringTables;
import io.ripen.engine.signals.Signals;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns a batch of events into facts and signals: one look at what they concern, work in memory,
 * one transaction. An event that was applied before, by its message id, is left out, as is one of
 * somebody who was erased; so a batch may come any number of times, and side by side with others.
 * Safe for use by many threads.
 */
final class ApplyEvents {

  /**
   * An event and whose it is.
   *
   * @param lead as it was called then: two leads' histories stay apart though they become one
   */
  record Applied(Event event, LeadState lead) {}

  private final TransactionTemplate transaction;
  private final BookJdbc books;
  private final EventJdbc events;
  private final Erased erased;
  private final Consents consents;
  private final Rules rules;
  private final Signals signals;
  private final Consumer<Work> after;
  private final Duration newVisitAfter;

  /**
   * @param after does what else follows from a batch, in its transaction
   */
  ApplyEvents(
      TransactionTemplate transaction,
      BookJdbc books,
      EventJdbc events,
      Erased erased,
      Consents consents,
      Rules rules,
      Signals signals,
      Consumer<Work> after,
      Duration newVisitAfter) {
    this.transaction = transaction;
    this.books = books;
    this.events = events;
    this.erased = erased;
    this.consents = consents;
    this.rules = rules;
    this.signals = signals;
    this.after = after;
    this.newVisitAfter = newVisitAfter;
  }

  /**
   * Applies the batch as a whole, or nothing of it.
   *
   * @return the message ids of events that cannot be applied, and why; the others are
   * @throws org.springframework.dao.DataAccessException when PostgreSQL is away, refuses something
   *     or another batch changed the same leads meanwhile
   */
  Map<String, String> apply(List<Event> batch) {
    Map<String, Event> distinct = LinkedHashMap.newLinkedHashMap(batch.size());
    batch.forEach(event -> distinct.putIfAbsent(event.messageId(), event));
    return Objects.requireNonNull(transaction.execute(status -> applyNew(distinct)));
  }

  private Map<String, String> applyNew(Map<String, Event> distinct) {
    Set<String> passedOver = new HashSet<>(erased.among(List.copyOf(distinct.values())));
    passedOver.addAll(events.known(distinct.keySet()));
    List<Event> fresh =
        distinct.values().stream()
            .filter(event -> !passedOver.contains(event.messageId()))
            .toList();
    if (fresh.isEmpty()) {
      return Map.of();
    }
    // One look: the whole batch is judged by the same versions.
    RuleSet now = rules.now();
    Map<String, List<ScoreRule>> points = points(fresh, now.get(ScoringTables.FILE).points());
    Book book = books.read(fresh, event -> points.containsKey(event.messageId()));
    var work = new Work(book, points, newVisitAfter);
    Map<String, String> refused = new HashMap<>();
    for (Event event : fresh) {
      try {
        work.apply(event);
      } catch (InvalidEvent e) {
        refused.put(event.messageId(), String.valueOf(e.getMessage()));
      }
    }
    write(book, work, now);
    return refused;
  }

  private static Map<String, List<ScoreRule>> points(List<Event> events, ScoreTable table) {
    Map<String, List<ScoreRule>> points = new HashMap<>();
    for (Event event : events) {
      List<ScoreRule> matching = table.rules(event);
      if (!matching.isEmpty()) {
        points.put(event.messageId(), matching);
      }
    }
    return points;
  }

  private void write(Book book, Work work, RuleSet now) {
    books.write(book);
    events.write(work.applied());
    if (!work.consents().isEmpty()) {
      consents.record(work.consents());
    }
    if (!work.firstAddresses().isEmpty()) {
      consents.bind(work.firstAddresses());
    }
    signals.raise(work.occurrences(), now);
    after.accept(work);
  }
}
