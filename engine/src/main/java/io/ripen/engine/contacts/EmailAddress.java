package io.ripen.engine.contacts;

import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses as people write them. */
public final class EmailAddress {

  private static final Pattern POSSIBLE =
      Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,255}");

  private EmailAddress() {}

  /** Whether it has a chance to be an address; whether it is one, the mail server knows. */
  public static boolean isPossible(String text) {
    return POSSIBLE.matcher(text).matches();
  }

  /** What is behind the @ of a possible address, in small letters. */
  public static String domain(String address) {
    return canonical(address.substring(address.lastIndexOf('@') + 1));
  }

  /** The same for all ways to write the same address that differ in case only. */
  public static String canonical(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
