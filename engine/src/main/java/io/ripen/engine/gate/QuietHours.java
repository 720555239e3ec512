package io.ripen.engine.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Set;

/**
 * When nobody wants to be disturbed, by the clock on the lead's wall: from an hour of the evening
 * to one of the morning, or within one day, and all day on public holidays.
 *
 * @param from the first moment that is quiet
 * @param to the first moment that is not; the same as {@code from} for no quiet hours
 */
record QuietHours(LocalTime from, LocalTime to, Holidays holidays) {

  /** More than any row of quiet nights and holidays. */
  private static final int MOST_STEPS = 100;

  /**
   * The first moment, not before this one, that is quiet in none of the zones. Where there is none
   * for weeks, as zones all around the world could bring about, this moment itself.
   *
   * @param countries whose holidays count, as in ISO 3166
   */
  Instant open(Instant moment, Collection<ZoneId> zones, Set<String> countries) {
    Instant open = moment;
    for (int step = 0; step < MOST_STEPS; step++) {
      Instant next = open;
      for (ZoneId zone : zones) {
        next = open(next, zone, countries);
      }
      if (next.equals(open)) {
        return open;
      }
      open = next;
    }
    return moment;
  }

  private Instant open(Instant moment, ZoneId zone, Set<String> countries) {
    ZonedDateTime there = moment.atZone(zone);
    LocalDate day = there.toLocalDate();
    if (countries.stream().anyMatch(country -> holidays.isHoliday(day, country))) {
      return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
    LocalTime time = there.toLocalTime();
    if (!isQuiet(time)) {
      return moment;
    }
    LocalDate ends = time.isBefore(to) ? day : day.plusDays(1);
    // Where clocks skip that time, as long after it as they skip.
    Instant end = ends.atTime(to).atZone(zone).toInstant();
    // Where clocks are set back over it, the time comes once more.
    return end.isAfter(moment) ? end : moment.plusSeconds(60);
  }

  private boolean isQuiet(LocalTime time) {
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
  }
}
