package io.ripen.engine.consents;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody can agree to. A yes to any other word would stand in the books for ever, and no
 * message would ever go by it.
 */
public final class Agreement {

  /** Messages come by one of these. */
  public static final Set<String> CHANNELS =
      Set.of("email", "sms", "messenger", "chat", "popup", "push");

  /** They are for one of these; a text that asks to confirm is never agreed to on its own. */
  public static final Set<String> PURPOSES =
      Set.of("marketing", "newsletter", Purposes.TRANSACTIONAL);

  private Agreement() {}

  /** What would have been expected, where nobody can agree to this. */
  public static Optional<String> expected(String channel, String purpose) {
    if (!PURPOSES.contains(purpose)) {
      return Optional.of("as purpose one of " + inOrder(PURPOSES));
    }
    return CHANNELS.contains(channel)
        ? Optional.empty()
        : Optional.of("as channel one of " + inOrder(CHANNELS));
  }

  private static String inOrder(Set<String> words) {
    return String.join(", ", new TreeSet<>(words));
  }
}
