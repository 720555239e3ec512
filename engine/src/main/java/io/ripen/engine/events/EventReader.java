package io.ripen.engine.events;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads one message, field by field; made anew for each. */
final class EventReader {

  private static final Set<String> TYPES =
      Set.of("track", "page", "identify", "alias", "group", "screen");

  private static final int LONGEST_MESSAGE_ID = 100;
  private static final int LONGEST_ID = 255;
  private static final int LONGEST_NAME = 255;

  /**
   * What programs send in place of an id that they do not have. Taken as ids, they would make all
   * visitors one person.
   */
  private static final Set<String> NOBODY =
      Set.of("null", "undefined", "nan", "none", "nil", "(null)", "[object object]", "0");

  private final ObjectNode message;
  private final String path;
  private final Arrival arrival;
  private final Payload payload;
  private String label = "event";

  EventReader(ObjectNode message, String path, Arrival arrival) {
    this.message = message;
    this.path = path;
    this.arrival = arrival;
    this.payload = new Payload(this::invalid);
  }

  /** Reads the time at which a whole batch was sent. */
  static @Nullable Instant batchSentAt(ObjectNode batch, Arrival arrival) throws InvalidEvent {
    var reader = new EventReader(batch, "", arrival);
    reader.label = "batch";
    return reader.time("sentAt");
  }

  Event read() throws InvalidEvent {
    String type = type();
    label = type;
    UUID leadId = leadId();
    String userId = personId("userId");
    String anonymousId = personId("anonymousId");
    String previousId = type.equals("alias") ? personId("previousId") : null;
    String groupId = type.equals("group") ? id("groupId", LONGEST_ID) : null;
    requireIds(type, leadId, userId, anonymousId, previousId, groupId);
    if (arrival instanceof Arrival.AtDoor) {
      refuseOurs("anonymousId", anonymousId);
      refuseOurs("previousId", previousId);
      refuseOurs("messageId", id("messageId", LONGEST_MESSAGE_ID));
    }
    Instant receivedAt = receivedAt();
    String name = name(type);
    return new Event(
        messageId(),
        type,
        name,
        userId,
        anonymousId,
        previousId,
        groupId,
        leadId,
        occurredAt(receivedAt),
        receivedAt,
        site(),
        OwnWords.in(
            type, name, object("properties", !type.equals("identify") && !type.equals("group"))),
        object("traits", type.equals("identify") || type.equals("group")),
        object("context", true));
  }

  private void refuseOurs(String field, @Nullable String id) throws InvalidEvent {
    if (id != null && id.startsWith(Event.OURS)) {
      throw invalid(field, "begins with " + Event.OURS, "an id of the site's own");
    }
  }

  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL, MISSING -> "null";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> node.toString();
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BINARY -> "binary data";
    };
  }

  private String type() throws InvalidEvent {
    String type = text("type", 20, "track, page, identify, alias, group or screen");
    if (type == null) {
      throw invalid("type", "is missing", "track, page, identify, alias, group or screen");
    }
    if (!TYPES.contains(type)) {
      throw invalid("type", "is '" + type + "'", "track, page, identify, alias, group or screen");
    }
    return type;
  }

  private String name(String type) throws InvalidEvent {
    String field = type.equals("track") ? "event" : "name";
    String expected = type.equals("track") ? "the event's name" : "a name";
    boolean named = type.equals("track") || type.equals("page") || type.equals("screen");
    String name = named ? text(field, LONGEST_NAME, expected) : null;
    if (name == null && type.equals("track")) {
      throw invalid(field, "is missing", expected);
    }
    return name == null ? "" : Payload.storable(name);
  }

  private void requireIds(
      String type,
      @Nullable UUID leadId,
      @Nullable String userId,
      @Nullable String anonymousId,
      @Nullable String previousId,
      @Nullable String groupId)
      throws InvalidEvent {
    if (type.equals("alias") && userId == null) {
      throw invalid("userId", "is missing", "the person's new id");
    }
    if (type.equals("alias") && previousId == null) {
      throw invalid("previousId", "is missing", "the id that the person had until now");
    }
    if (type.equals("group") && groupId == null) {
      throw invalid("groupId", "is missing", "the id of the company or account");
    }
    if (userId == null && anonymousId == null && leadId == null) {
      throw invalid("userId", "is missing, and so is anonymousId", "one of both");
    }
  }

  private String messageId() throws InvalidEvent {
    String id = id("messageId", LONGEST_MESSAGE_ID);
    if (id != null) {
      return id;
    }
    return switch (arrival) {
      case Arrival.AtDoor door -> UuidCreator.getTimeOrderedEpoch().toString();
      case Arrival.OnTopic topic -> topic.messageId();
    };
  }

  private @Nullable UUID leadId() throws InvalidEvent {
    if (arrival instanceof Arrival.AtDoor) {
      return null;
    }
    String id = text("leadId", 36, "a UUID");
    try {
      return id == null ? null : UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw invalid("leadId", "is '" + id + "'", "a UUID");
    }
  }

  private String site() throws InvalidEvent {
    return switch (arrival) {
      case Arrival.AtDoor door -> door.site();
      case Arrival.OnTopic topic -> {
        String site = id("site", LONGEST_ID);
        yield site == null ? "default" : site;
      }
    };
  }

  private Instant receivedAt() throws InvalidEvent {
    if (arrival instanceof Arrival.AtDoor) {
      return arrival.at();
    }
    Instant told = time("receivedAt");
    return told == null ? arrival.at() : EventTimes.notAfter(arrival.at(), told);
  }

  /**
   * By our clock: as far before the arrival as the sender's clock says that it happened before it
   * was sent. A time that stands beside another original one was corrected by who passed it on.
   */
  private Instant occurredAt(Instant receivedAt) throws InvalidEvent {
    Instant timestamp = time("timestamp");
    Instant original = time("originalTimestamp");
    Instant sentAt = arrival instanceof Arrival.AtDoor door ? sentAt(door) : null;
    Instant occurred = timestamp == null ? original : timestamp;
    if (occurred == null) {
      return receivedAt;
    }
    boolean corrected = timestamp != null && original != null && !timestamp.equals(original);
    Instant ours =
        corrected || sentAt == null ? occurred : EventTimes.corrected(occurred, sentAt, receivedAt);
    if (ours.isBefore(EventTimes.EARLIEST)) {
      throw invalid("timestamp", "is " + ours, "a time from 1970 on");
    }
    return EventTimes.notAfter(receivedAt, ours);
  }

  private @Nullable Instant sentAt(Arrival.AtDoor door) throws InvalidEvent {
    return door.sentAt() == null ? time("sentAt") : door.sentAt();
  }

  private @Nullable Instant time(String field) throws InvalidEvent {
    String text = text(field, 100, EventTimes.EXPECTED);
    if (text == null) {
      return null;
    }
    Instant time = EventTimes.parse(text);
    if (time == null) {
      throw invalid(field, "is '" + text + "'", EventTimes.EXPECTED);
    }
    return time;
  }

  private @Nullable String personId(String field) throws InvalidEvent {
    String id = id(field, LONGEST_ID);
    return id == null || NOBODY.contains(id.toLowerCase(Locale.ROOT)) ? null : id;
  }

  /** An id: a text or, as loosely typed shops send it, a whole number. */
  private @Nullable String id(String field, int longest) throws InvalidEvent {
    JsonNode node = message.get(field);
    String id =
        node != null && node.isIntegralNumber()
            ? fitting(field, node.asString(), longest)
            : text(field, longest, "a text or a whole number");
    if (id != null && !Payload.isStorable(id)) {
      throw invalid(field, "holds a NUL character or half a surrogate pair", "an id without");
    }
    return id;
  }

  private @Nullable String text(String field, int longest, String expected) throws InvalidEvent {
    JsonNode node = message.get(field);
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isString()) {
      throw invalid(field, "is " + kind(node), expected);
    }
    String text = fitting(field, node.stringValue(), longest);
    return text.isBlank() ? null : text.strip();
  }

  private String fitting(String field, String text, int longest) throws InvalidEvent {
    if (text.length() > longest) {
      throw invalid(
          field, "is " + text.length() + " characters long", "at most " + longest + " characters");
    }
    return text;
  }

  private ObjectNode object(String field, boolean wanted) throws InvalidEvent {
    JsonNode node = message.get(field);
    if (node == null || node.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(node instanceof ObjectNode object)) {
      throw invalid(field, "is " + kind(node), "an object");
    }
    return wanted ? payload.clean(field, object) : JsonNodeFactory.instance.objectNode();
  }

  private InvalidEvent invalid(String field, String problem, String expected) {
    return new InvalidEvent(
        Payload.storable(
            "%s: \"%s%s\" %s (expected: %s)".formatted(label, path, field, problem, expected)));
  }
}
