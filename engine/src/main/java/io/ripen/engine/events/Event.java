package io.ripen.engine.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened, in the words of the Segment spec.
 *
 * @param messageId the sender's id of this event; an event with the same id is the same event
 * @param type {@code track}, {@code page}, {@code identify}, {@code alias}, {@code group} or {@code
 *     screen}
 * @param name what a {@code track} event is called ({@code Product Added}); the page's or screen's
 *     name, where it has one; otherwise empty
 * @param userId the id that the site knows the person by, once it does
 * @param anonymousId the first-party id of a browser or device; one of {@code userId}, this and
 *     {@code leadId} is there
 * @param previousId with {@code alias}, the id that {@code userId} was known by until now
 * @param groupId with {@code group}, the company or account
 * @param leadId the lead, where Ripen itself reports what befell one (a click, an unsubscribe);
 *     never taken from outside
 * @param occurredAt when it happened, by our clock
 * @param receivedAt when it came in
 * @param site the name of the site whose write key it came with
 * @param properties what a {@code track}, {@code page} or {@code screen} event carries; may be
 *     empty
 * @param traits what an {@code identify} or {@code group} event tells of the person or group; may
 *     be empty
 * @param context page, campaign, user agent, locale and time zone, as in the Segment spec; may be
 *     empty
 */
public record Event(
    String messageId,
    String type,
    String name,
    @Nullable String userId,
    @Nullable String anonymousId,
    @Nullable String previousId,
    @Nullable String groupId,
    @Nullable UUID leadId,
    Instant occurredAt,
    Instant receivedAt,
    String site,
    ObjectNode properties,
    ObjectNode traits,
    ObjectNode context) {

  /**
   * What ids of browsers and of events begin with that only Ripen gives: never taken from outside.
   * Others could guess them, as they hold telephone numbers and the like.
   */
  public static final String OURS = "ripen:";

  /** What ids of events begin with that tell what came in by a channel. */
  public static final String INBOUND = OURS + "in.";

  /** Both times as PostgreSQL keeps them, so that what is read again is the same. */
  public Event {
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MICROS);
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * What Ripen itself reports of a lead, as it happens.
   *
   * @param name as of a {@code track} event
   */
  public static Event ofOurs(
      String messageId,
      String name,
      UUID leadId,
      Instant now,
      ObjectNode properties,
      ObjectNode context) {
    return new Event(
        messageId,
        "track",
        name,
        null,
        null,
        null,
        null,
        leadId,
        now,
        now,
        "default",
        properties,
        JsonNodeFactory.instance.objectNode(),
        context);
  }

  /** What happened: a {@code track} event's own name, and the type of all others. */
  public String what() {
    return type.equals("track") ? name : type;
  }
}
