package io.ripen.channels.twilio;

import java.util.Optional;
import java.util.regex.Pattern;

/** Telephone numbers as Twilio takes them, by E.164. */
final class PhoneNumbers {

  private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\s()./-]+");

  private PhoneNumbers() {}

  /** The number, or empty when it is not in international form. */
  static Optional<String> international(String number) {
    String digits = PUNCTUATION.matcher(number).replaceAll("");
    return Optional.of(digits).filter(d -> E164.matcher(d).matches());
  }
}
