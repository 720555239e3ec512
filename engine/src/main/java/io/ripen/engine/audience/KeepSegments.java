package io.ripen.engine.audience;

import io.ripen.engine.audience.SegmentsJdbc.Due;
import io.ripen.engine.audience.SegmentsJdbc.Sweep;
import io.ripen.engine.segments.Segments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the segments up to date, a page of leads at a time: first those whose facts changed, then
 * the next ones of the look at everybody that finds what only time has changed. Whoever dies
 * between two pages, or in one, looks at the same leads again, which changes nothing twice.
 */
final class KeepSegments {

  private static final int LEADS_AT_ONCE = 500;

  private final Supplier<Segments> segments;
  private final Membership membership;
  private final SegmentsJdbc table;
  private final Clock clock;
  private final Duration sweepEvery;

  /**
   * @param segments as they are by now
   * @param sweepEvery from the begin of one look at everybody to that of the next
   */
  KeepSegments(
      Supplier<Segments> segments,
      Membership membership,
      SegmentsJdbc table,
      Clock clock,
      Duration sweepEvery) {
    this.segments = segments;
    this.membership = membership;
    this.table = table;
    this.clock = clock;
    this.sweepEvery = sweepEvery;
  }

  /** Whether there is anything to do. */
  boolean isCalledFor() {
    return !table.due(1).isEmpty() || isSweepCalledFor(segments.get(), table.sweep().orElse(null));
  }

  /**
   * Does the next page of both.
   *
   * @return whether there is more
   */
  boolean page() {
    Segments now = segments.get();
    List<Due> due = table.due(LEADS_AT_ONCE);
    if (!due.isEmpty()) {
      membership.renew(due.stream().map(Due::lead).toList(), now.byFacts(), false);
      table.settled(due);
    }
    Sweep sweep = sweep(now);
    if (sweep != null) {
      page(now, sweep);
    }
    return sweep != null || due.size() == LEADS_AT_ONCE;
  }

  private void page(Segments now, Sweep sweep) {
    List<UUID> page =
        now.byFacts().isEmpty() ? List.of() : table.nextPage(sweep.after(), LEADS_AT_ONCE);
    if (page.isEmpty()) {
      table.endSweep(clock.instant());
      return;
    }
    int changes =
        sweep.whole()
            ? membership.renew(page, now.byFacts(), true)
            : membership.renew(page, now.byTime(), false);
    table.advance(page.getLast(), page.size(), changes);
  }

  /** The look at everybody that is under way or has its time; null where there is none. */
  private @Nullable Sweep sweep(Segments now) {
    Sweep last = table.sweep().orElse(null);
    if (last == null || !last.conditions().equals(now.digest())) {
      return begin(now, true);
    }
    if (!last.isOver()) {
      return last;
    }
    return hasItsTime(now, last) ? begin(now, false) : null;
  }

  private boolean isSweepCalledFor(Segments now, @Nullable Sweep last) {
    return last == null
        || !last.conditions().equals(now.digest())
        || !last.isOver()
        || hasItsTime(now, last);
  }

  private boolean hasItsTime(Segments now, Sweep last) {
    return !now.byTime().isEmpty() && !clock.instant().isBefore(last.startedAt().plus(sweepEvery));
  }

  private Sweep begin(Segments now, boolean whole) {
    Instant at = clock.instant();
    table.beginSweep(now.digest(), whole, at);
    return new Sweep(now.digest(), whole, at, false, null);
  }
}
