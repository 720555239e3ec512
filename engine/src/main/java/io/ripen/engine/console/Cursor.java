package io.ripen.engine.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A place in a list that is sorted newest first; the next page begins after it.
 *
 * @param rank what comes first of the same instant, the greater the earlier in the list
 * @param id what comes first of the same instant and rank
 */
record Cursor(Instant at, int rank, String id) {

  /** Before everything. */
  static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), 99, "");

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws BadRequest when it is something else
   */
  static Cursor parse(String text) {
    if (text.isEmpty()) {
      return START;
    }
    String[] parts = text.split("_", 3);
    try {
      if (parts.length == 3) {
        return new Cursor(
            Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
            Integer.parseInt(parts[1]),
            parts[2]);
      }
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw new BadRequest("before: " + text + " (expected: the next of an earlier answer)", e);
    }
    throw new BadRequest("before: " + text + " (expected: the next of an earlier answer)", null);
  }

  OffsetDateTime utc() {
    return at.atOffset(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "_" + rank + "_" + id;
  }
}
