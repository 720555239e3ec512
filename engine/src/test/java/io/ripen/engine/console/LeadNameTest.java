package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadNameTest {

  @ParameterizedTest
  @CsvSource({
    "anna+shop@example.org, mailto:anna%2Bshop@example.org",
    "anna%40shop.com?bcc=x@example.org, mailto:anna%2540shop.com%3Fbcc%3Dx@example.org",
    "anna@example.org?bcc=boris@example.org, mailto:anna%40example.org%3Fbcc%3Dboris@example.org",
  })
  void a_link_writes_to_the_address_and_to_nobody_else(String email, String link) {
    assertThat(LeadName.mailto(email)).isEqualTo(link);
  }
}
