package io.ripen.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.leads.Facts;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {

  private static final ZoneId COMPANY = ZoneId.of("Europe/Vienna");

  @Test
  void the_zone_that_the_lead_told_counts_before_that_of_their_number() {
    Whereabouts there = where("+3612345678", "hu", "Asia/Tokyo");
    assertThat(there.zones()).containsExactly(ZoneId.of("Asia/Tokyo"));
    assertThat(there.countries()).containsExactly("HU");
  }

  @Test
  void a_telephone_number_tells_the_zone() {
    assertThat(where("+3612345678", null, null).zones())
        .containsExactly(ZoneId.of("Europe/Budapest"));
    assertThat(where("+79161234567", null, "nowhere").zones())
        .as("a mobile number of Russia")
        .isNotEmpty();
  }

  @Test
  void a_number_of_everywhere_tells_nothing() {
    assertThat(where("+18005551234", null, null).zones()).containsExactly(COMPANY);
  }

  @Test
  void who_told_nothing_is_where_the_company_is() {
    Whereabouts there = where(null, "en", null);
    assertThat(there.zones()).containsExactly(COMPANY);
    assertThat(there.countries()).containsExactly("AT");
    assertThat(where(null, "en-US", null).countries()).containsExactly("US");
    assertThat(where("no number", "ru_RU", " ").countries()).containsExactly("RU");
  }

  @Test
  void the_region_of_their_address_counts_where_nothing_else_is_told() {
    assertThat(from("America/Chicago", null, null).zones())
        .containsExactly(ZoneId.of("America/Chicago"));
    assertThat(from("America/Chicago", "+18005551234", null).zones())
        .as("a number of everywhere")
        .containsExactly(ZoneId.of("America/Chicago"));
    assertThat(from("America/Chicago", "+3612345678", null).zones())
        .containsExactly(ZoneId.of("Europe/Budapest"));
    assertThat(from("America/Chicago", null, "Asia/Tokyo").zones())
        .containsExactly(ZoneId.of("Asia/Tokyo"));
    assertThat(from("nowhere", null, null).zones()).containsExactly(COMPANY);
  }

  private static Whereabouts from(String region, @Nullable String phone, @Nullable String zone) {
    return Whereabouts.of(
        new Facts.Person(null, phone, null, null, null, null, zone, region, false), COMPANY, "AT");
  }

  private static Whereabouts where(
      @Nullable String phone, @Nullable String locale, @Nullable String zone) {
    return Whereabouts.of(
        new Facts.Person(null, phone, null, null, null, locale, zone, false), COMPANY, "AT");
  }
}
