package io.ripen.engine.monitoring;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one look through Camunda's search has come.
 *
 * @param since what happened before was read, by Camunda's clock; null when nothing was
 * @param newest the newest of the pages read since, where there are more
 * @param cursor Camunda's cursor to the next page; null where the look begins
 * @param lastKey the last key of the pages read since it began
 * @param beganAt when it began, or did so last
 * @param turn grows with each page
 */
record SearchPlace(
    String look,
    @Nullable Instant since,
    @Nullable Instant newest,
    @Nullable String cursor,
    long lastKey,
    Instant beganAt,
    long turn) {

  boolean isUnderWay() {
    return cursor != null;
  }

  /** The newest of all that was read. */
  @Nullable Instant read() {
    return later(since, newest);
  }

  /** From when to read: a little of what was read comes again. */
  @Nullable Instant from(Duration overlap) {
    return since == null ? null : since.minus(overlap);
  }

  /** The same, but that it begins anew with what was not read. */
  SearchPlace withoutCursor() {
    return new SearchPlace(look, read(), null, null, 0, beganAt, turn + 1);
  }

  /** Where it is after a page. */
  SearchPlace after(SearchPage page, Instant now) {
    Instant last = later(newest, page.newest());
    Instant began = isUnderWay() ? beganAt : now;
    return page.isLast()
        ? new SearchPlace(look, later(since, last), null, null, 0, began, turn + 1)
        : new SearchPlace(
            look, since, last, page.cursor(), Math.max(lastKey, page.lastKey()), began, turn + 1);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
