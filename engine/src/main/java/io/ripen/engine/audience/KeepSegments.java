package io.ripen.engine.audience;

import io.ripen.engine.audience.SegmentsJdbc.Due;
import io.ripen.engine.audience.SegmentsJdbc.Sweep;
import io.ripen.engine.segments.Segment;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the segments up to date, a page of leads at a time: first those whose facts changed, then
 * the next ones of the look at everybody that finds what only time, or another rule, has changed.
 * Whoever dies between two pages, or in one, looks at the same leads again, which changes nothing
 * twice. Who comes in by another rule has not changed, and no flow is to start for that.
 */
final class KeepSegments {

  private static final int LEADS_AT_ONCE = 500;

  private final Supplier<Conditions> conditions;
  private final Membership membership;
  private final SegmentsJdbc table;
  private final Clock clock;
  private final Duration sweepEvery;

  /**
   * @param conditions as they are by now
   * @param sweepEvery from the begin of one look at everybody to that of the next
   */
  KeepSegments(
      Supplier<Conditions> conditions,
      Membership membership,
      SegmentsJdbc table,
      Clock clock,
      Duration sweepEvery) {
    this.conditions = conditions;
    this.membership = membership;
    this.table = table;
    this.clock = clock;
    this.sweepEvery = sweepEvery;
  }

  /** Whether there is anything to do. */
  boolean isCalledFor() {
    return !table.due(1).isEmpty() || next(conditions.get(), table.sweep().orElse(null)) != null;
  }

  /**
   * Does the next page of both.
   *
   * @return whether there is more
   */
  boolean page() {
    Conditions now = conditions.get();
    Sweep last = table.sweep().orElse(null);
    Sweep sweep = next(now, last);
    if (sweep != null && !sweep.equals(last)) {
      table.beginSweep(sweep);
    }
    List<Due> due = table.due(LEADS_AT_ONCE);
    if (!due.isEmpty()) {
      renew(due, now, sweep);
      table.settled(due);
    }
    if (sweep != null) {
      page(now, sweep);
    }
    return sweep != null || due.size() == LEADS_AT_ONCE;
  }

  /** Whose turn in a look by other conditions is still to come has it now, as quietly. */
  private void renew(List<Due> due, Conditions now, @Nullable Sweep sweep) {
    List<UUID> afterTheirTurn = new ArrayList<>();
    List<UUID> before = new ArrayList<>();
    for (Due lead : due) {
      (sweep == null || sweep.hasPassed(lead.lead()) ? afterTheirTurn : before).add(lead.lead());
    }
    List<Segment> segments = now.segments().byFacts();
    membership.renew(afterTheirTurn, segments, now.changing());
    if (sweep != null) {
      membership.renew(before, segments, now.quiet(sweep.settled()));
    }
  }

  private void page(Conditions now, Sweep sweep) {
    List<Segment> segments = now.toLookAt(sweep.settled());
    List<UUID> page = segments.isEmpty() ? List.of() : table.nextPage(sweep.after(), LEADS_AT_ONCE);
    if (page.isEmpty()) {
      table.endSweep(clock.instant());
      return;
    }
    int changes = membership.renew(page, segments, now.quiet(sweep.settled()));
    table.advance(page.getLast(), page.size(), changes);
  }

  /** The look at everybody that is under way or to begin; null where there is none. */
  private @Nullable Sweep next(Conditions now, @Nullable Sweep last) {
    if (last == null) {
      return begin(now, Set.of());
    }
    if (!last.conditions().equals(now.lines())) {
      return begin(now, last.settled());
    }
    if (!last.isOver()) {
      return last;
    }
    boolean hasItsTime = !clock.instant().isBefore(last.startedAt().plus(sweepEvery));
    return hasItsTime && !now.toLookAt(last.settled()).isEmpty()
        ? begin(now, last.settled())
        : null;
  }

  private Sweep begin(Conditions now, Set<String> settled) {
    Set<String> still = new TreeSet<>(now.lines());
    still.retainAll(settled);
    return new Sweep(now.lines(), still, clock.instant(), false, null);
  }
}
