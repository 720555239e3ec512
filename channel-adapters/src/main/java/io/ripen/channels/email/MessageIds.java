package io.ripen.channels.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Message-IDs of what we send: a number, a dot and a UUID before the {@code @}. */
final class MessageIds {

  private static final String LEFT =
      "(?<number>\\d{1,19})\\.(?<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

  /** With or without what is behind the {@code @}. */
  static final Pattern OURS = Pattern.compile(LEFT + "(?:@.*)?");

  private static final Pattern IN_HEADER = Pattern.compile("<(?<left>" + LEFT + ")@[^<>\\s]+>");

  private MessageIds() {}

  /** The part before the {@code @} of the last id of ours in the header. */
  static Optional<String> lastIn(String header) {
    Matcher matcher = IN_HEADER.matcher(header);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(matcher.group("left"));
    }
    return last;
  }
}
