package io.ripen.engine.consents;

import java.util.List;
import java.util.Set;

/** What messages are for. */
public final class Purposes {

  /** What somebody ordered or asked for: the one purpose that needs no yes, only no no. */
  public static final String TRANSACTIONAL = "transactional";

  /**
   * The text message that asks to confirm a double opt-in. Asking for texts is the yes to it, and
   * to nothing else: so it goes out even after a STOP that was before that.
   */
  public static final String CONFIRMATION = "confirmation";

  /** What nobody asked for, and needs a yes. */
  public static final List<String> OFFERS = List.of("marketing", "newsletter");

  /** All that a flow may name. */
  public static final Set<String> ALL =
      Set.of(OFFERS.getFirst(), OFFERS.getLast(), TRANSACTIONAL, CONFIRMATION);

  private Purposes() {}

  /**
   * Whether such a message is awaited: it has nothing to end, and waits for nothing itself; but
   * what is transactional does when there is so much of it that a flow must be running away.
   */
  public static boolean isAwaited(String purpose) {
    return purpose.equals(TRANSACTIONAL) || purpose.equals(CONFIRMATION);
  }
}
