package io.ripen.app.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a door has taken, in the order of arrival. */
public class ReceivedEvents {

  private final List<JsonNode> batches = new CopyOnWriteArrayList<>();

  public void add(JsonNode batch) {
    batches.add(batch);
  }

  /** The requests' bodies: writeKey, sentAt and the events. */
  public List<JsonNode> batches() {
    return batches;
  }

  /** All events, as often as they came. */
  public List<JsonNode> all() {
    return batches.stream().flatMap(ReceivedEvents::eventsOf).toList();
  }

  /** The track events of this name, each message id once. */
  public List<JsonNode> tracked(String name) {
    return once(event -> event.path("event").asString("").equals(name));
  }

  /** The events of this type, each message id once. */
  public List<JsonNode> ofType(String type) {
    return once(event -> event.path("type").asString("").equals(type));
  }

  static Stream<JsonNode> eventsOf(JsonNode batch) {
    return batch.path("batch").values().stream();
  }

  private List<JsonNode> once(Predicate<JsonNode> wanted) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    all().stream()
        .filter(wanted)
        .forEach(event -> found.putIfAbsent(event.path("messageId").asString(), event));
    return List.copyOf(found.values());
  }
}
