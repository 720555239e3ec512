package io.ripen.engine.audience;

import io.ripen.engine.audience.SegmentsJdbc.Due;
import io.ripen.engine.audience.SegmentsJdbc.Sweep;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the segments up to date, a page of leads at a time: first those whose facts changed, then
 * the next ones of the look at everybody that finds what only time has changed. Whoever dies
 * between two pages, or in one, looks at the same leads again, which changes nothing twice.
 */
final class KeepSegments {

  private static final int LEADS_AT_ONCE = 500;

  private final Segments segments;
  private final Membership membership;
  private final SegmentsJdbc table;
  private final Clock clock;
  private final Duration sweepEvery;
  private final List<Segment> byFacts;
  private final List<Segment> byTime;

  /**
   * @param sweepEvery from the begin of one look at everybody to that of the next
   */
  KeepSegments(
      Segments segments,
      Membership membership,
      SegmentsJdbc table,
      Clock clock,
      Duration sweepEvery) {
    this.segments = segments;
    this.membership = membership;
    this.table = table;
    this.clock = clock;
    this.sweepEvery = sweepEvery;
    this.byFacts = segments.all().stream().filter(segment -> !segment.isList()).toList();
    this.byTime = byFacts.stream().filter(Segment::changesWithTime).toList();
  }

  /** Whether there is anything to do. */
  boolean isCalledFor() {
    return !table.due(1).isEmpty() || isSweepCalledFor(table.sweep().orElse(null));
  }

  /**
   * Does the next page.
   *
   * @return whether there is more
   */
  boolean page() {
    List<Due> due = table.due(LEADS_AT_ONCE);
    if (!due.isEmpty()) {
      membership.renew(due.stream().map(Due::lead).toList(), byFacts);
      table.settled(due);
      return true;
    }
    Sweep sweep = sweep();
    if (sweep == null) {
      return false;
    }
    page(sweep);
    return true;
  }

  private void page(Sweep sweep) {
    List<UUID> page = byFacts.isEmpty() ? List.of() : table.nextPage(sweep.after(), LEADS_AT_ONCE);
    if (page.isEmpty()) {
      table.endSweep(clock.instant());
      return;
    }
    int changes = membership.renew(page, sweep.whole() ? byFacts : byTime);
    table.advance(page.getLast(), page.size(), changes);
  }

  /** The look at everybody that is under way or has its time; null where there is none. */
  private @Nullable Sweep sweep() {
    Sweep last = table.sweep().orElse(null);
    if (last == null || isOfOtherConditions(last)) {
      table.forgetAllBut(segments.all().stream().map(Segment::id).toList());
      return begin(true);
    }
    if (!last.isOver()) {
      return last;
    }
    return hasItsTime(last) ? begin(false) : null;
  }

  private boolean isSweepCalledFor(@Nullable Sweep last) {
    return last == null || isOfOtherConditions(last) || !last.isOver() || hasItsTime(last);
  }

  private boolean isOfOtherConditions(Sweep last) {
    return !last.conditions().equals(segments.digest());
  }

  private boolean hasItsTime(Sweep last) {
    return !byTime.isEmpty() && !clock.instant().isBefore(last.startedAt().plus(sweepEvery));
  }

  private Sweep begin(boolean whole) {
    Instant now = clock.instant();
    table.beginSweep(segments.digest(), whole, now);
    return new Sweep(segments.digest(), whole, now, false, null);
  }
}
