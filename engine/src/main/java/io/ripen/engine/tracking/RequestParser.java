package io.ripen.engine.tracking;

import io.ripen.engine.events.EventJson;
import io.ripen.engine.tracking.TrackingRequest.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses requests, each byte once, and notes how large each event of a batch is, and its context.
 */
final class RequestParser {

  private static final int MOST_EVENTS = 2_500;

  private final JsonMapper mapper;

  /** Reads a part of a text, with more to come. */
  private final ObjectReader parts;

  RequestParser(EventJson json) {
    this.mapper = json.mapper();
    this.parts = mapper.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  TrackingRequest single(byte[] body, String type) throws Refusal {
    try {
      JsonNode node = mapper.readTree(body);
      if (node instanceof ObjectNode message) {
        return TrackingRequest.single(message.put("type", type), body.length);
      }
    } catch (JacksonException e) {
      throw notJson(e);
    }
    throw Refusal.badRequest("the body is not a JSON object (expected: an event in braces)");
  }

  TrackingRequest batch(byte[] body) throws Refusal {
    try (JsonParser json = mapper.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.badRequest(
            "the body is not a JSON object (expected: an object with a \"batch\")");
      }
      Map<String, JsonNode> fields = new HashMap<>();
      List<Message> messages = null;
      long contextBytes = 0;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        if (name.equals("batch")) {
          messages = messages(json);
        } else {
          long start = json.currentTokenLocation().getByteOffset();
          fields.put(name, parts.readTree(json));
          if (name.equals("context")) {
            contextBytes = json.currentLocation().getByteOffset() - start;
          }
        }
      }
      if (json.nextToken() != null) {
        throw Refusal.badRequest("the body goes on after its end (expected: one JSON object)");
      }
      if (messages == null) {
        throw Refusal.badRequest("\"batch\" is missing (expected: a list of events)");
      }
      return new TrackingRequest(
          fields.get("writeKey"),
          fields.get("sentAt"),
          fields.get("context"),
          contextBytes,
          messages);
    } catch (JacksonException e) {
      throw notJson(e);
    }
  }

  private List<Message> messages(JsonParser json) throws Refusal {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw Refusal.badRequest("\"batch\" is not a list (expected: a list of events)");
    }
    List<Message> messages = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (messages.size() == MOST_EVENTS) {
        throw Refusal.badRequest(
            "\"batch\" holds more than %d events (expected: at most that many)"
                .formatted(MOST_EVENTS));
      }
      long start = json.currentTokenLocation().getByteOffset();
      if (start < 0) {
        throw Refusal.badRequest("the body is UTF-16 or UTF-32 (expected: UTF-8)");
      }
      JsonNode message = parts.readTree(json);
      long end = json.currentLocation().getByteOffset();
      messages.add(new Message("batch[" + messages.size() + "]", message, end - start));
    }
    if (messages.isEmpty()) {
      throw Refusal.badRequest("\"batch\" is empty (expected: at least one event)");
    }
    return messages;
  }

  private static Refusal notJson(JacksonException e) {
    return Refusal.badRequest("the body is " + EventJson.reason(e));
  }
}
