package io.ripen.engine.signals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A message for Zeebe.
 *
 * @param messageId made of the event's id and the name; Zeebe sees it with the correlation key
 * @param variables ids only
 * @param startsFlows whether runs may begin by it
 */
record Signal(
    String name,
    UUID leadId,
    Correlation correlation,
    String correlationKey,
    String messageId,
    Duration timeToLive,
    Map<String, String> variables,
    boolean startsFlows,
    Instant occurredAt) {

  /**
   * Whether it must reach what waits for any id that the lead ever had: a flow that began before
   * two leads became one still waits by the old id. What starts a flow must not be doubled so.
   */
  boolean concernsFormerIds() {
    return correlation.isByLead() && !startsFlows;
  }

  /** What follows the lead's id in the key. */
  String keySuffix() {
    return correlation.isByLead() ? correlationKey.substring(leadId.toString().length()) : "";
  }
}
