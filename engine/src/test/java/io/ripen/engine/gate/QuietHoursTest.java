package io.ripen.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class QuietHoursTest {

  private static final QuietHours NIGHT =
      new QuietHours(LocalTime.of(21, 0), LocalTime.of(9, 0), Holidays.NONE);
  private static final ZoneId BUDAPEST = ZoneId.of("Europe/Budapest");

  @Test
  void what_comes_late_in_the_evening_waits_for_the_morning_there() {
    assertThat(open(NIGHT, "2026-03-10T22:30", BUDAPEST))
        .isEqualTo(at("2026-03-11T09:00", BUDAPEST));
    assertThat(open(NIGHT, "2026-03-10T03:00", BUDAPEST))
        .isEqualTo(at("2026-03-10T09:00", BUDAPEST));
    assertThat(open(NIGHT, "2026-03-10T09:00", BUDAPEST))
        .isEqualTo(at("2026-03-10T09:00", BUDAPEST));
    assertThat(open(NIGHT, "2026-03-10T20:59", BUDAPEST))
        .isEqualTo(at("2026-03-10T20:59", BUDAPEST));
  }

  @Test
  void the_night_in_which_clocks_change_ends_at_nine_too() {
    assertThat(open(NIGHT, "2026-03-28T23:00", BUDAPEST))
        .as("an hour shorter")
        .isEqualTo(Instant.parse("2026-03-29T07:00:00Z"));
    assertThat(open(NIGHT, "2026-10-24T23:00", BUDAPEST))
        .as("an hour longer")
        .isEqualTo(Instant.parse("2026-10-25T08:00:00Z"));
  }

  @Test
  void who_may_be_in_either_of_two_zones_is_left_alone_while_it_is_night_in_one() {
    ZoneId east = ZoneId.of("America/New_York");
    ZoneId west = ZoneId.of("America/Los_Angeles");
    assertThat(NIGHT.open(at("2026-06-01T09:30", east), List.of(east, west), Set.of()))
        .isEqualTo(at("2026-06-01T09:00", west));
  }

  @Test
  void a_public_holiday_is_quiet_all_day() {
    QuietHours quiet =
        new QuietHours(LocalTime.of(21, 0), LocalTime.of(9, 0), new PublicHolidays());
    Set<String> hungary = Set.of("HU");
    assertThat(quiet.open(at("2026-08-20T12:00", BUDAPEST), List.of(BUDAPEST), hungary))
        .as("Saint Stephen's day")
        .isEqualTo(at("2026-08-21T09:00", BUDAPEST));
    assertThat(quiet.open(at("2026-12-24T22:00", BUDAPEST), List.of(BUDAPEST), hungary))
        .as("over Christmas")
        .isEqualTo(at("2026-12-27T09:00", BUDAPEST));
    assertThat(quiet.open(at("2026-08-20T12:00", BUDAPEST), List.of(BUDAPEST), Set.of("AT")))
        .isEqualTo(at("2026-08-20T12:00", BUDAPEST));
    assertThat(quiet.open(at("2026-08-20T12:00", BUDAPEST), List.of(BUDAPEST), Set.of("XX")))
        .as("no country")
        .isEqualTo(at("2026-08-20T12:00", BUDAPEST));
  }

  @Property(tries = 2000)
  void nothing_is_let_out_in_the_quiet_and_nothing_waits_longer_than_it(
      @ForAll("zones") ZoneId zone,
      @ForAll("moments") Instant moment,
      @ForAll("quarters") LocalTime from,
      @ForAll("quarters") LocalTime to,
      @ForAll("holidays") Set<LocalDate> days) {
    QuietHours quiet = new QuietHours(from, to, (day, country) -> days.contains(day));

    Instant open = quiet.open(moment, List.of(zone), Set.of("HU"));

    assertThat(open).isAfterOrEqualTo(moment);
    assertThat(isQuiet(open, zone, from, to, days)).as("%s is quiet", open.atZone(zone)).isFalse();
    for (Instant before = moment; before.isBefore(open); before = before.plusSeconds(900)) {
      // Where clocks skip the end of the quiet, it ends as much later as they skip.
      boolean isSkipped = Duration.between(before, open).compareTo(Duration.ofHours(2)) <= 0;
      assertThat(isQuiet(before, zone, from, to, days) || isSkipped)
          .as("%s is quiet", before.atZone(zone))
          .isTrue();
    }
  }

  @Test
  void around_every_change_of_clocks_anywhere_the_night_ends_at_nine() {
    int changes = 0;
    for (String name : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(name);
      Instant from = Instant.parse("2024-01-01T00:00:00Z");
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      while (change != null
          && change.getInstant().isBefore(Instant.parse("2029-01-01T00:00:00Z"))) {
        changes++;
        Instant end = change.getInstant().plus(Duration.ofHours(26));
        for (Instant moment = change.getInstant().minus(Duration.ofHours(26));
            moment.isBefore(end);
            moment = moment.plusSeconds(900)) {
          expectOpenByDay(moment, zone);
        }
        change = zone.getRules().nextTransition(change.getInstant());
      }
    }
    assertThat(changes).as("changes of clocks").isGreaterThan(1000);
  }

  private static void expectOpenByDay(Instant moment, ZoneId zone) {
    ZonedDateTime there = moment.atZone(zone);
    ZonedDateTime open = NIGHT.open(moment, List.of(zone), Set.of()).atZone(zone);
    boolean isDay = there.getHour() >= 9 && there.getHour() < 21;
    boolean isRight =
        isDay
            ? open.equals(there)
            : open.toLocalTime().equals(LocalTime.of(9, 0))
                && Duration.between(there, open).compareTo(Duration.ofHours(14)) <= 0;
    assertThat(isRight).as("%s waits until %s", there, open).isTrue();
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList());
  }

  @Provide
  Arbitrary<Instant> moments() {
    long first = Instant.parse("2025-12-01T00:00:00Z").getEpochSecond();
    return Arbitraries.longs()
        .between(0, 500L * 24 * 60)
        .map(m -> Instant.ofEpochSecond(first + 60 * m));
  }

  @Provide
  Arbitrary<LocalTime> quarters() {
    return Arbitraries.integers().between(0, 95).map(q -> LocalTime.ofSecondOfDay(q * 900L));
  }

  @Provide
  Arbitrary<Set<LocalDate>> holidays() {
    return Arbitraries.integers()
        .between(0, 500)
        .map(d -> LocalDate.of(2025, 12, 1).plusDays(d))
        .set()
        .ofMaxSize(60);
  }

  /** In minutes of a day, unlike the code. */
  private static boolean isQuiet(
      Instant moment, ZoneId zone, LocalTime from, LocalTime to, Set<LocalDate> days) {
    ZonedDateTime there = moment.atZone(zone);
    if (days.contains(there.toLocalDate())) {
      return true;
    }
    int length = Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), 86_400);
    int since = Math.floorMod(there.toLocalTime().toSecondOfDay() - from.toSecondOfDay(), 86_400);
    return since < length;
  }

  private static Instant open(QuietHours quiet, String local, ZoneId zone) {
    return quiet.open(at(local, zone), List.of(zone), Set.of());
  }

  private static Instant at(String local, ZoneId zone) {
    return java.time.LocalDateTime.parse(local).atZone(zone).toInstant();
  }
}
