package io.ripen.engine.events;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes events in their one JSON form, on the topic and at the door: the Segment message
 * plus {@code receivedAt}, {@code site} and, from Ripen itself, {@code leadId}.
 *
 * <p>What is read can be stored: NUL characters and lone surrogates, which PostgreSQL's {@code
 * jsonb} cannot hold, become U+FFFD in properties, traits, context and names, and are refused in
 * ids. Safe for use by many threads.
 */
@Component
public final class EventJson {

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNestingDepth(100).maxNameLength(10_000).build();

  /** What Jackson tells programmers: where a setting stands, which object it read. */
  private static final Pattern ASIDE =
      Pattern.compile(" \\(start marker at.*|, from `[^`]*`|: enable `[^`]*` to allow");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * Reads one event.
   *
   * @throws InvalidEvent when it is not JSON, lacks what its type needs, or is out of bounds
   */
  public Event read(byte[] json, Arrival arrival) throws InvalidEvent {
    return read(parse(json), "", arrival);
  }

  /**
   * Reads one event that has been parsed already.
   *
   * @param message becomes the event's own, and is changed
   * @param path where it stands in the request, put before the names of its fields: {@code
   *     batch[3].}, or nothing
   */
  public Event read(ObjectNode message, String path, Arrival arrival) throws InvalidEvent {
    return new EventReader(message, path, arrival).read();
  }

  /** Parses one JSON object. */
  private static ObjectNode parse(byte[] json) throws InvalidEvent {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new InvalidEvent(reason(e));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidEvent(
        "the JSON is " + EventReader.kind(node) + " (expected: a JSON object in braces)");
  }

  /** The mapper of events, with their limits, for who reads events among other things. */
  public JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads the time at which a request was sent, where it tells one.
   *
   * @throws InvalidEvent when it is no time
   */
  public @Nullable Instant sentAt(@Nullable JsonNode sentAt, Arrival arrival) throws InvalidEvent {
    var request = MAPPER.createObjectNode();
    request.set("sentAt", sentAt);
    return EventReader.batchSentAt(request, arrival);
  }

  /** Writes an event so that {@link #read(byte[], Arrival)} gives it back. */
  public byte[] write(Event event) {
    var bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("messageId", event.messageId());
      json.writeStringProperty("type", event.type());
      if (!event.name().isEmpty()) {
        json.writeStringProperty(event.type().equals("track") ? "event" : "name", event.name());
      }
      writeIfPresent(json, "userId", event.userId());
      writeIfPresent(json, "anonymousId", event.anonymousId());
      writeIfPresent(json, "previousId", event.previousId());
      writeIfPresent(json, "groupId", event.groupId());
      writeIfPresent(json, "leadId", event.leadId());
      json.writeStringProperty("timestamp", event.occurredAt().toString());
      json.writeStringProperty("receivedAt", event.receivedAt().toString());
      json.writeStringProperty("site", event.site());
      writeUnlessEmpty(json, "properties", event.properties());
      writeUnlessEmpty(json, "traits", event.traits());
      writeUnlessEmpty(json, "context", event.context());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable Object value) {
    if (value != null) {
      json.writeStringProperty(name, value.toString());
    }
  }

  private static void writeUnlessEmpty(JsonGenerator json, String name, ObjectNode value) {
    if (!value.isEmpty()) {
      json.writeName(name);
      json.writeTree(value);
    }
  }

  /** What is wrong with a text that is not JSON, and where, without the text. */
  public static String reason(JacksonException e) {
    String what = ASIDE.matcher(e.getOriginalMessage()).replaceAll("");
    var location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? "not JSON: " + what
        : "not JSON at line %d, column %d: %s"
            .formatted(location.getLineNr(), location.getColumnNr(), what);
  }
}
