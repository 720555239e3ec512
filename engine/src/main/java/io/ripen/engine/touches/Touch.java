package io.ripen.engine.touches;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one lead from one place in one flow, as the flow asks for it.
 *
 * @param key Zeebe's key of the element instance; the same touch always has the same one
 * @param leadId the lead as the flow knows it
 * @param cartId the cart that this is about, if any
 * @param purpose {@code marketing} or {@code transactional}
 * @param message the message's name in the flow's folder
 * @param onlyIf a FEEL condition on facts that must hold when the message goes out, if any
 */
public record Touch(
    long key,
    UUID leadId,
    @Nullable UUID cartId,
    String purpose,
    String message,
    @Nullable String onlyIf,
    Place place) {

  /**
   * Where in which flow.
   *
   * @param flow the BPMN process id
   */
  public record Place(String flow, int flowVersion, String element, long processInstance) {}
}
