package io.ripen.engine.inbound;

import io.ripen.engine.events.Event;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose it is that came in.
 *
 * @param leadId the lead, where we know them
 * @param anonymousId the id that a contact goes by that we do not know otherwise; it becomes a
 *     lead's
 */
record Whose(@Nullable UUID leadId, @Nullable String anonymousId) {

  /** What a contact's id begins with; nobody else's may, see {@link Event#OURS}. */
  static String contact(String address) {
    return Event.OURS + address;
  }

  static Whose lead(UUID id) {
    return new Whose(id, null);
  }
}
