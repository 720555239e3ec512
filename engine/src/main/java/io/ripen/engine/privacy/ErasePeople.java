package io.ripen.engine.privacy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.privacy.Erasure.State;
import io.ripen.engine.privacy.ZeebeInstances.Answer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases people step by step. Each step may be done again, so whoever finds an erasure that is not
 * done goes on with it: first the person's flows end in Zeebe, then all rows go in one transaction,
 * then what was started meanwhile ends, and the receipt is written. Safe for use by many threads.
 */
final class ErasePeople {

  private final TransactionTemplate transaction;
  private final PeopleJdbc people;
  private final HoldingsJdbc holdings;
  private final ErasureJdbc erasures;
  private final ZeebeInstances zeebe;
  private final Remainders remainders;
  private final KeyedHash hash;
  private final Clock clock;

  ErasePeople(
      TransactionTemplate transaction,
      PeopleJdbc people,
      HoldingsJdbc holdings,
      ErasureJdbc erasures,
      ZeebeInstances zeebe,
      Remainders remainders,
      KeyedHash hash,
      Clock clock) {
    this.transaction = transaction;
    this.people = people;
    this.holdings = holdings;
    this.erasures = erasures;
    this.zeebe = zeebe;
    this.remainders = remainders;
    this.hash = hash;
    this.clock = clock;
  }

  /** How many rows there are of each kind; nothing is changed. */
  Map<String, Long> look(List<UUID> family) {
    return holdings.count(people.read(family));
  }

  /** Notes that this person is to be erased; somebody who is already, is once. */
  Optional<Erasure> begin(UUID lead, String by) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              erasures.lock();
              List<UUID> family = people.family(List.of(lead));
              Optional<Erasure> before = erasures.of(family.isEmpty() ? List.of(lead) : family);
              if (family.isEmpty()
                  || before.filter(known -> known.state() != State.DONE).isPresent()) {
                return before;
              }
              UUID id = UuidCreator.getTimeOrderedEpoch();
              erasures.add(id, clock.instant(), by);
              erasures.addLeads(id, family);
              return erasures.find(id);
            }));
  }

  /** Whether there is anything to do. */
  boolean isCalledFor() {
    return !erasures.open().isEmpty();
  }

  /** Goes on with all that are not done; one that cannot go on now holds up no other. */
  boolean round() {
    for (UUID id : erasures.open()) {
      try {
        finish(id);
      } catch (ZeebeInstances.Away | Remainders.Unknown e) {
        erasures.trouble(id, String.valueOf(e.getMessage()));
      } catch (DataAccessException e) {
        // Its message may hold values of rows.
        erasures.trouble(id, "the database refused it: " + e.getClass().getSimpleName());
      }
    }
    return false;
  }

  /** Does all steps that are left. */
  void finish(UUID id) {
    boolean more = true;
    while (more) {
      more = step(id);
    }
  }

  /** Does the next step; returns whether there are more. */
  boolean step(UUID id) {
    Erasure erasure =
        erasures.find(id).orElseThrow(() -> new IllegalStateException("there is no erasure " + id));
    switch (erasure.state()) {
      case ASKED -> {
        Person person = people.read(people.family(erasure.leads()));
        holdings.dropSignals(person);
        stop(id, person.instances());
        transaction.executeWithoutResult(status -> empty(id));
      }
      case EMPTIED -> {
        stop(id, erasures.instances(id));
        erasures.done(id, clock.instant(), remainders.after(erasure));
      }
      case DONE -> {
        return false;
      }
    }
    return true;
  }

  /** What workers and Zeebe told of erased leads when their rows were gone. */
  int late() {
    Person none = people.read(erasures.lateLeads());
    int rows;
    try {
      for (long instance : none.instances()) {
        zeebe.stop(instance);
      }
    } finally {
      rows = holdings.eraseLate();
    }
    return rows;
  }

  private void stop(UUID id, List<Long> instances) {
    int stopped = 0;
    for (long instance : instances) {
      stopped += zeebe.stop(instance) == Answer.STOPPED ? 1 : 0;
    }
    erasures.stopped(id, stopped);
  }

  private void empty(UUID id) {
    holdings.waitForLocksBriefly();
    erasures.lock();
    Erasure erasure = erasures.find(id).orElseThrow();
    if (erasure.state() != State.ASKED) {
      return;
    }
    // Who became one with them meanwhile is the same person.
    List<UUID> family = people.family(erasure.leads());
    Person person = people.read(family);
    holdings.lock(person);
    erasures.addLeads(id, family);
    List<byte[]> traces = new ArrayList<>(holdings.eventHashes(person));
    Stream.concat(
            person.users().stream().map(user -> hash.of("user", user)),
            person.anonymous().stream().map(browser -> hash.of("anonymous", browser)))
        .forEach(traces::add);
    holdings.keepRefusals(person);
    Map<String, Long> removed = holdings.erase(person);
    erasures.emptied(
        id, clock.instant().truncatedTo(ChronoUnit.MICROS), traces, person.instances(), removed);
  }
}
