package io.ripen.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import io.ripen.app.imports.ImportSettings.Consent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportSettingsTest {

  @Test
  void a_consent_is_a_channel_and_a_purpose() {
    assertThat(Consent.parse(" Email:Marketing ")).isEqualTo(new Consent("email", "marketing"));
    assertThat(Consent.parse("sms: newsletter")).isEqualTo(new Consent("sms", "newsletter"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "email | as email:marketing",
        "email: | as email:marketing",
        "email:marketing:x | as email:marketing",
        "email:marketting | as purpose one of marketing, newsletter, transactional",
        "sms:confirmation | as purpose one of marketing",
        "mail:marketing | as channel one of chat, email, messenger, popup, push, sms",
        "marketing:email | as purpose one of marketing",
      })
  void what_nobody_can_agree_to_is_refused_with_what_there_is(String told, String expected) {
    assertThatThrownBy(() -> Consent.parse(told))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'%s'".formatted(told))
        .hasMessageContaining(expected);
  }
}
