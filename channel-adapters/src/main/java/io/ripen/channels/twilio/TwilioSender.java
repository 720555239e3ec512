package io.ripen.channels.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who our messages come from.
 *
 * @param from a number as in E.164, a short code, a name of letters and digits where the country
 *     allows it, {@code messenger:} and the id of a Facebook page, or the SID of a messaging
 *     service ({@code MG…})
 * @param statusCallback where Twilio tells what becomes of a message, reachable from the Internet
 *     by https; its fragment may say how often Twilio repeats itself, as in {@code #rc=5&rp=all}.
 *     Null where Twilio cannot reach us: then nobody learns what arrived
 */
public record TwilioSender(String from, @Nullable URI statusCallback) {

  /** Carries {@link io.ripen.channels.ShortMessage#id()} to Twilio and back. */
  static final String MESSAGE = "message";

  private static final Pattern SERVICE = Pattern.compile("MG[0-9a-fA-F]{32}");
  private static final Pattern SENDER =
      Pattern.compile("\\+[1-9]\\d{6,14}|\\d{3,8}|[A-Za-z0-9 &_+-]{1,11}|messenger:\\d{5,20}");

  public TwilioSender {
    if (!SERVICE.matcher(from).matches() && !SENDER.matcher(from).matches()) {
      throw new IllegalArgumentException(
          "Twilio's sender: \"%s\" (expected: a number such as +36301234567, a short code, a name of"
                  .formatted(from)
              + " at most 11 letters and digits, or a messaging service, MG…)");
    }
    if (statusCallback != null && statusCallback.getHost() == null) {
      throw new IllegalArgumentException(
          "Twilio's status callback: \"%s\" (expected: such as".formatted(statusCallback)
              + " https://example.com/hooks/channels/twilio#rc=5&rp=all)");
    }
  }

  boolean isService() {
    return SERVICE.matcher(from).matches();
  }

  /** The callback of one message. */
  Optional<URI> statusCallback(String messageId) {
    if (statusCallback == null) {
      return Optional.empty();
    }
    String whole = statusCallback.toString();
    int hash = whole.indexOf('#');
    String address = hash < 0 ? whole : whole.substring(0, hash);
    String fragment = hash < 0 ? "" : whole.substring(hash);
    String parameter = MESSAGE + "=" + URLEncoder.encode(messageId, UTF_8);
    return Optional.of(
        URI.create(address + (address.indexOf('?') < 0 ? "?" : "&") + parameter + fragment));
  }
}
