package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead comes into a segment, or drops out of it.
 *
 * @param segment its id
 * @param enters whether the lead comes in
 */
public record SegmentChange(UUID leadId, String segment, boolean enters) {

  /** {@code properties}: {@code segment}, and {@code by} which rule or flow. */
  static final String ENTERED = "Segment Entered";

  static final String LEFT = "Segment Left";

  /** Set where not the lead has changed, but the segment: nobody is to be written to for that. */
  static final String QUIETLY = "quietly";

  /** Whether flows are told: of all but who is in by another condition than before. */
  static boolean isTold(Event event) {
    return event.name().equals(LEFT) || !event.properties().path(QUIETLY).asBoolean(false);
  }

  /** The event's name. */
  String event() {
    return enters ? ENTERED : LEFT;
  }

  /** Whether the event tells of a segment. */
  static boolean isToldBy(Event event) {
    return event.leadId() != null && (event.name().equals(ENTERED) || event.name().equals(LEFT));
  }

  /**
   * What an event tells of segments; null where it tells nothing. Only Ripen itself names a lead by
   * its id, so no browser gets into a segment by itself.
   *
   * @throws InvalidEvent when it names no segment
   */
  static @Nullable SegmentChange of(Event event, LeadState lead) throws InvalidEvent {
    if (!isToldBy(event)) {
      return null;
    }
    String segment = event.properties().path("segment").asString("").strip();
    if (segment.isEmpty()) {
      throw new InvalidEvent(
          "track: \"properties.segment\" is missing (expected: the id of a segment)");
    }
    return new SegmentChange(lead.id, segment, event.name().equals(ENTERED));
  }
}
