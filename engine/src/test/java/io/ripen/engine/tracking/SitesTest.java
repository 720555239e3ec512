package io.ripen.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.tracking.SitesProperties.SiteProperties;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SitesTest {

  @Test
  void a_site_may_say_whose_numbers_its_people_write() {
    assertThat(sites("de").country("shop")).contains("DE");
    assertThat(sites("de").country("other")).isEmpty();
    assertThat(sites(null).country("shop")).isEmpty();
    assertThat(sites("").country("shop")).as("a variable that is there and empty").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Germany", "XX", "49"})
  void a_country_that_is_none_is_refused_with_its_name(String country) {
    assertThatThrownBy(() -> sites(country))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ripen.sites.shop.country is '%s' (expected: two letters, such as DE)", country);
  }

  private static Sites sites(@Nullable String country) {
    return new Sites(Map.of("shop", new SiteProperties("key-of-shop", Set.of("*"), country)));
  }
}
