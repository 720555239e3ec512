package io.ripen.engine.gate;

import java.time.LocalDate;

/** Public holidays. */
@FunctionalInterface
interface Holidays {

  Holidays NONE = (day, country) -> false;

  /**
   * Whether nobody works there on this day.
   *
   * @param country as in ISO 3166; one that is not known has no holidays
   */
  boolean isHoliday(LocalDate day, String country);
}
