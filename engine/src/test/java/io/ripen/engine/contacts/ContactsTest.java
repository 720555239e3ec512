package io.ripen.engine.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsTest {

  private final ContactIds ids = new ContactIds(ContactIds.key("one key of 32 characters or more"));

  @Test
  void one_address_is_one_person_however_it_is_written() {
    assertThat(ids.ofEmail(" Anna@Example.COM ")).isEqualTo(ids.ofEmail("anna@example.com"));
    assertThat(ids.ofEmail("anna@example.com")).isNotEqualTo(ids.ofEmail("bela@example.com"));
    assertThat(ids.ofEmail("+3612990000")).isNotEqualTo(ids.ofPhone("+3612990000"));
  }

  @Test
  void who_has_another_key_cannot_tell_the_id_from_the_address() {
    var others = new ContactIds(ContactIds.key("another key of 32 characters, too"));
    assertThat(others.ofEmail("anna@example.com")).isNotEqualTo(ids.ofEmail("anna@example.com"));
    assertThat(ids.ofEmail("anna@example.com")).doesNotContain("anna");
  }

  @ParameterizedTest
  @CsvSource({
    "+36 1 299 0000, , +3612990000",
    "0036 1 299 0000, DE, +3612990000",
    "(030) 901820, DE, +4930901820",
    "030/901820, DE, +4930901820",
    "8 (495) 123-45-67, RU, +74951234567"
  })
  void numbers_are_read_as_people_write_them(String written, String country, String expected) {
    assertThat(PhoneNumber.e164(written, country)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "030 901820", "call me", "+49", "+999 123456789", ""})
  void what_is_no_international_number_needs_a_country(String written) {
    assertThat(PhoneNumber.e164(written, null)).isEmpty();
  }

  @Test
  void countries_are_known_by_two_letters() {
    assertThat(PhoneNumber.isCountry("HU")).isTrue();
    assertThat(PhoneNumber.isCountry("XX")).isFalse();
  }
}
