package io.ripen.channels.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** E-mail addresses that every SMTP server can take. */
final class Addresses {

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private Addresses() {}

  /**
   * Reads one bare address. A domain in another script is translated for SMTP; a local part in
   * another script is refused, as most servers cannot take it.
   *
   * @return empty when this is no address that can be written to
   */
  static Optional<InternetAddress> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 1 || CONTROL.matcher(text).find()) {
      return Optional.empty();
    }
    try {
      String local = text.substring(0, at);
      String ascii = local + "@" + IDN.toASCII(text.substring(at + 1));
      InternetAddress address = new InternetAddress(ascii, true);
      boolean bare = ascii.equals(address.getAddress()) && !address.isGroup();
      boolean plain = StandardCharsets.US_ASCII.newEncoder().canEncode(ascii);
      return bare && plain ? Optional.of(address) : Optional.empty();
    } catch (AddressException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The address with the name that is shown beside it. */
  static InternetAddress named(InternetAddress address, @Nullable String name) {
    InternetAddress named = (InternetAddress) address.clone();
    if (name == null || name.isBlank()) {
      return named;
    }
    try {
      named.setPersonal(oneLine(name), StandardCharsets.UTF_8.name());
      return named;
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JVM has UTF-8", e);
    }
  }

  /** The same words on one line, so that nobody writes a header of their own into ours. */
  static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll(" ").strip();
  }

  static InternetAddress required(String what, String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: \"%s\" (expected: an e-mail address such as shop@example.com)"
                        .formatted(what, text)));
  }
}
