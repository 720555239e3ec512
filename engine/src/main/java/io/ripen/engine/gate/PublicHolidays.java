package io.ripen.engine.gate;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Holidays of whole countries, as Jollyday knows them. Safe for use by many threads. */
final class PublicHolidays implements Holidays {

  private static final Set<String> KNOWN =
      HolidayManager.getSupportedCalendarCodes().stream()
          .map(code -> code.toUpperCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, HolidayManager> managers = new ConcurrentHashMap<>();

  @Override
  public boolean isHoliday(LocalDate day, String country) {
    return KNOWN.contains(country) && manager(country).isHoliday(day);
  }

  private HolidayManager manager(String country) {
    return managers.computeIfAbsent(
        country,
        code ->
            HolidayManager.getInstance(ManagerParameters.create(code.toLowerCase(Locale.ROOT))));
  }
}
