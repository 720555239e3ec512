package io.ripen.engine.contacts;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;
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
   * Whether text messages reach it and cost what they usually do: a mobile number, or one where it
   * cannot be told, as in North America. Premium, shared-cost and personal numbers are not.
   *
   * @param e164 as {@link #e164} gives it
   */
  public static boolean takesTexts(String e164) {
    return read(e164)
        .map(NUMBERS::getNumberType)
        .filter(
            type -> type == PhoneNumberType.MOBILE || type == PhoneNumberType.FIXED_LINE_OR_MOBILE)
        .isPresent();
  }

  /**
   * Whether it is a number of one of these countries.
   *
   * @param e164 as {@link #e164} gives it
   */
  public static boolean isOf(String e164, Set<String> countries) {
    return read(e164).map(NUMBERS::getRegionCodeForNumber).filter(countries::contains).isPresent();
  }

  private static Optional<Phonenumber.PhoneNumber> read(String e164) {
    try {
      return Optional.of(NUMBERS.parse(e164, null));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
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
