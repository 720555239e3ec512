package io.ripen.engine.gate;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import io.ripen.engine.leads.Facts;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where in the world a lead is, as well as we know.
 *
 * @param zones where they may be; never empty
 * @param countries as in ISO 3166
 */
record Whereabouts(List<ZoneId> zones, Set<String> countries) {

  /** A number of more zones, as a free one of North America, tells nothing. */
  private static final int MOST_ZONES = 6;

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final PhoneNumberToTimeZonesMapper NUMBER_ZONES =
      PhoneNumberToTimeZonesMapper.getInstance();

  /**
   * The zone that the lead or their browser told; else those of their telephone number; else that
   * of the addresses that they come from; else the company's. The country by the telephone number,
   * else by the locale, else the company's.
   *
   * @param zone the company's
   * @param country the company's, if it is to count
   */
  static Whereabouts of(Facts.Person person, ZoneId zone, @Nullable String country) {
    Optional<Phonenumber.PhoneNumber> number = number(person.phone());
    List<ZoneId> zones = new ArrayList<>();
    zone(person.timeZone()).ifPresent(zones::add);
    if (zones.isEmpty()) {
      number.ifPresent(known -> zones.addAll(zones(known)));
    }
    if (zones.isEmpty()) {
      zone(person.regionZone()).ifPresent(zones::add);
    }
    if (zones.isEmpty()) {
      zones.add(zone);
    }
    return new Whereabouts(
        List.copyOf(zones),
        number
            .map(NUMBERS::getRegionCodeForNumber)
            .filter(region -> region.length() == 2 && Character.isLetter(region.charAt(0)))
            .or(() -> country(person.locale()))
            .or(() -> Optional.ofNullable(country))
            .map(Set::of)
            .orElse(Set.of()));
  }

  private static List<ZoneId> zones(Phonenumber.PhoneNumber number) {
    List<ZoneId> zones =
        NUMBER_ZONES.getTimeZonesForNumber(number).stream()
            .flatMap(name -> zone(name).stream())
            .toList();
    return zones.size() > MOST_ZONES ? List.of() : zones;
  }

  private static Optional<Phonenumber.PhoneNumber> number(@Nullable String phone) {
    try {
      return phone == null ? Optional.empty() : Optional.of(NUMBERS.parse(phone, null));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> country(@Nullable String locale) {
    return locale == null
        ? Optional.empty()
        : Optional.of(Locale.forLanguageTag(locale.replace('_', '-')).getCountry())
            .filter(country -> country.length() == 2);
  }

  /** Also of the name that stands for a zone that nobody knows: none. */
  private static Optional<ZoneId> zone(@Nullable String name) {
    try {
      return name == null || name.isBlank() || name.equals("Etc/Unknown")
          ? Optional.empty()
          : Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
