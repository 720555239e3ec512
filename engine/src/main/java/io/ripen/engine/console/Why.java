package io.ripen.engine.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a lead did or did not get messages.
 *
 * @param touches what flows wanted to send, the newest first
 * @param flows which flows did not let the lead in, the newest first
 */
record Why(UUID leadId, List<OfTouch> touches, List<OfFlow> flows) {

  /**
   * One message.
   *
   * @param touch the touch's key
   * @param at when the flow asked for it first
   * @param answer what became of it and why, in words
   * @param chosen where the flow leaves the channel to us, why it was this one
   * @param decisions all that the gate said, the oldest first
   */
  record OfTouch(
      String touch,
      String flow,
      int flowVersion,
      String element,
      String message,
      String channel,
      String purpose,
      Instant at,
      String answer,
      @Nullable String chosen,
      List<Decision> decisions) {}

  /**
   * What the gate said once.
   *
   * @param verdict {@code allow}, {@code defer} or {@code deny}
   * @param until with {@code defer}, when it is asked again
   */
  record Decision(
      Instant at, String verdict, String code, String reason, @Nullable Instant until) {}

  /** One flow that the lead was not let into. */
  record OfFlow(String flow, Instant at, String answer) {}
}
