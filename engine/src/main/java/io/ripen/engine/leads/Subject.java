package io.ripen.engine.leads;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom and what an instance of a flow is about: the ids that Zeebe keeps for it.
 *
 * @param leadId the lead, as it was called when the flow began
 * @param cartId the cart, if the flow is about one
 * @param orderId the order, if the flow is about one
 * @param eventId the message id of the event that started the flow, if one did
 */
public record Subject(
    UUID leadId, @Nullable UUID cartId, @Nullable UUID orderId, @Nullable String eventId) {

  /** Nothing but the lead. */
  public static Subject lead(UUID leadId) {
    return new Subject(leadId, null, null, null);
  }
}
