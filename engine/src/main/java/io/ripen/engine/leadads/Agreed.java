package io.ripen.engine.leadads;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What everybody agrees to who sends a form at a platform: {@code email:marketing}. */
record Agreed(String channel, String purpose) {

  /** The traits that are addresses, by the channels that reach them. */
  private static final Map<String, String> ADDRESSES = Map.of("email", "email", "sms", "phone");

  private static final Set<String> PURPOSES = Set.of("marketing", "newsletter");

  /**
   * Reads all, each once.
   *
   * @throws IllegalArgumentException when one is none, saying what is expected
   */
  static Set<Agreed> all(List<String> texts) {
    return texts.stream().map(Agreed::parse).collect(Collectors.toUnmodifiableSet());
  }

  private static Agreed parse(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(":", -1);
    if (parts.length != 2
        || !ADDRESSES.containsKey(parts[0].strip())
        || !PURPOSES.contains(parts[1].strip())) {
      throw new IllegalArgumentException(
          "'%s' (expected: email or sms, and marketing or newsletter, such as email:marketing)"
              .formatted(text));
    }
    return new Agreed(parts[0].strip(), parts[1].strip());
  }

  /** Which trait is the address that it is for. */
  String trait() {
    return ADDRESSES.getOrDefault(channel, channel);
  }
}
