package io.ripen.engine.touches;

import io.ripen.engine.consents.Purposes;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.gate.Request;
import io.ripen.engine.gate.Run;
import io.ripen.engine.gate.UseBy;
import io.ripen.engine.leads.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one lead from one place in one flow, as the flow asks for it.
 *
 * @param key Zeebe's key of the element instance; the same touch always has the same one
 * @param about the lead as the flow knows it, and the cart and event that this is about
 * @param channel a {@link Medium}'s name, or {@link #BEST}
 * @param purpose one of {@link Purposes#ALL}
 * @param message the message's name in the flow's folder
 * @param onlyIf a FEEL condition on facts that must hold when the message goes out, if any
 * @param priority who goes first, where the lead has no room for all
 * @param useBy how long it is of use; null for as long as is usual
 * @param form the form for sites that a popup shows, if any
 */
public record Touch(
    long key,
    Subject about,
    String channel,
    String purpose,
    String message,
    @Nullable String onlyIf,
    Priority priority,
    @Nullable Duration useBy,
    @Nullable String form,
    Place place) {

  /** One without a form. */
  public Touch(
      long key,
      Subject about,
      String channel,
      String purpose,
      String message,
      @Nullable String onlyIf,
      Priority priority,
      @Nullable Duration useBy,
      Place place) {
    this(key, about, channel, purpose, message, onlyIf, priority, useBy, null, place);
  }

  /** {@link #messageId} in SQL, of a row of the table {@code touch}. */
  public static final String MESSAGE_ID = "touch.key || '.' || touch.lead_id";

  /** The best of the lead's channels, other than e-mail. */
  public static final String BEST = "best";

  /** The same, with a form in it. */
  public Touch with(@Nullable String shown) {
    return new Touch(key, about, channel, purpose, message, onlyIf, priority, useBy, shown, place);
  }

  /** With the lead's id, as a broker that lost its data hands its keys out again. */
  public String messageId() {
    return "%d.%s".formatted(key, about.leadId());
  }

  UUID leadId() {
    return about.leadId();
  }

  @Nullable UUID cartId() {
    return about.cartId();
  }

  /** Whether the lead waits for it. */
  boolean isAwaited() {
    return Purposes.isAwaited(purpose);
  }

  /** Whether it asks to confirm a double opt-in. */
  boolean isConfirmation() {
    return purpose.equals(Purposes.CONFIRMATION);
  }

  /** What the gate is asked. */
  Request request(Medium medium, Instant plannedAt, UseBy useBy) {
    return new Request(
        key,
        new Run(place.flow(), place.flowVersion(), place.element(), about),
        medium,
        purpose,
        priority,
        onlyIf,
        plannedAt,
        useBy);
  }

  /**
   * Where in which flow.
   *
   * @param flow the BPMN process id
   */
  public record Place(String flow, int flowVersion, String element, long processInstance) {}
}
