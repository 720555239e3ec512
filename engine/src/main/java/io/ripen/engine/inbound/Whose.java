package io.ripen.engine.inbound;

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

  static Whose lead(UUID id) {
    return new Whose(id, null);
  }
}
