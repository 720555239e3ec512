package io.ripen.engine.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Phone numbers, by the numbering plans that libphonenumber knows. Safe for use by many threads.
 */
public final class PhoneNumber {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private PhoneNumber() {}

  /** Whether there are numbers of this country, as {@code DE}. */
  public static boolean isCountry(String country) {
    return NUMBERS.getSupportedRegions().contains(country);
  }

  /**
   * The number as E.164 writes it, {@code +4930123456}; nothing where it is none.
   *
   * @param country whose a number is that begins with no {@code +} and code; null where only
   *     international numbers are numbers
   */
  public static Optional<String> e164(String text, @Nullable String country) {
    try {
      Phonenumber.PhoneNumber number = NUMBERS.parse(text, country);
      return NUMBERS.isValidNumber(number)
          ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }
}
