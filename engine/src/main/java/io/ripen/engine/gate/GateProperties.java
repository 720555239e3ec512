package io.ripen.engine.gate;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * When people may be written to. Of it all only the cap on what runs away holds for transactional
 * messages. Nothing of it holds for those that ask to confirm.
 *
 * @param timeZone where a lead is taken to be whose time zone nobody knows; the machine's zone
 *     where it is not set
 * @param country whose holidays count for a lead whose country nobody knows, as in ISO 3166
 * @param caps by channel, {@code all} for all but those on the site, and {@code runaway} for
 *     transactional messages by one channel, and for chat messages; what is not named keeps its own
 * @param minimumGap between two touches by whatever channel, other than those on the site
 */
@ConfigurationProperties("ripen.gate")
record GateProperties(
    @Nullable ZoneId timeZone,
    @Nullable String country,
    @DefaultValue Quiet quietHours,
    @DefaultValue Map<String, Limit> caps,
    @DefaultValue("0s") Duration minimumGap) {

  private static final String ALL = "all";
  private static final String RUNAWAY = "runaway";
  private static final Cap OVERALL = new Cap(4, 14);

  /** More than anybody waits for; a flow that loops gets there within the hour. */
  private static final Cap MOST_BEFORE_RUNAWAY = new Cap(50, 0);

  private static final Map<Medium, Cap> CAPS =
      Map.of(
          Medium.EMAIL, new Cap(3, 10),
          Medium.SMS, new Cap(1, 3),
          Medium.MESSENGER, new Cap(2, 7),
          Medium.PUSH, new Cap(2, 7),
          Medium.POPUP, new Cap(4, 12));

  /**
   * Hours of the lead's own time in which nobody is disturbed.
   *
   * @param from the first moment that is quiet
   * @param to the first moment that is not; the same as {@code from} for no quiet hours
   * @param channels which keep them
   * @param holidays whether public holidays are quiet all day
   */
  record Quiet(
      @DefaultValue("21:00") @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) LocalTime from,
      @DefaultValue("09:00") @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) LocalTime to,
      @DefaultValue({"sms", "messenger", "push"}) List<String> channels,
      @DefaultValue("true") boolean holidays) {}

  /**
   * How many at most.
   *
   * @param perDay in 24 hours, 0 for any number
   * @param perWeek in 168 hours, 0 for any number
   */
  record Limit(@DefaultValue("0") int perDay, @DefaultValue("0") int perWeek) {

    Cap cap() {
      return new Cap(perDay, perWeek);
    }
  }

  /**
   * The rules.
   *
   * @throws IllegalArgumentException when a channel, a country or a number is none; says where
   */
  GateRules rules() {
    Map<Medium, Cap> byMedium = new EnumMap<>(CAPS);
    caps.forEach(
        (name, limit) -> {
          if (!Set.of(ALL, RUNAWAY).contains(name)) {
            byMedium.put(medium("ripen.gate.caps", name), limit.cap());
          }
        });
    if (minimumGap.isNegative()) {
      throw new IllegalArgumentException(
          "ripen.gate.minimum-gap is %s (expected: 0 or more)".formatted(minimumGap));
    }
    return new GateRules(
        new QuietHours(
            quietHours.from(),
            quietHours.to(),
            quietHours.holidays() ? new PublicHolidays() : Holidays.NONE),
        Set.copyOf(
            quietHours.channels().stream()
                .map(name -> medium("ripen.gate.quiet-hours.channels", name))
                .toList()),
        byMedium,
        Optional.ofNullable(caps.get(ALL)).map(Limit::cap).orElse(OVERALL),
        Optional.ofNullable(caps.get(RUNAWAY)).map(Limit::cap).orElse(MOST_BEFORE_RUNAWAY),
        minimumGap,
        timeZone == null ? ZoneId.systemDefault() : timeZone,
        knownCountry());
  }

  private @Nullable String knownCountry() {
    if (country == null || country.isBlank()) {
      return null;
    }
    String code = country.strip().toUpperCase(Locale.ROOT);
    if (!Set.of(Locale.getISOCountries()).contains(code)) {
      throw new IllegalArgumentException(
          "ripen.gate.country is \"%s\" (expected: a country as in ISO 3166, such as HU)"
              .formatted(country));
    }
    return code;
  }

  private static Medium medium(String setting, String name) {
    Medium medium = Medium.named(name);
    if (medium == null) {
      throw new IllegalArgumentException(
          "%s names \"%s\" (expected: one of %s)"
              .formatted(
                  setting, name, Arrays.stream(Medium.values()).map(Medium::lower).toList()));
    }
    return medium;
  }
}
