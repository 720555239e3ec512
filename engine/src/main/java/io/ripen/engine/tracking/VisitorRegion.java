package io.ripen.engine.tracking;

import io.ripen.engine.geo.Regions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Notes in an event without a time zone which one the visitor's address is in, as {@code
 * context.location.timezone}: a guess, which is kept apart from what the browser knows.
 */
final class VisitorRegion {

  private static final String ZONE = "timezone";
  private static final String LOCATION = "location";

  private final Regions regions;

  VisitorRegion(Regions regions) {
    this.regions = regions;
  }

  /**
   * @param address that the request came from, where it is the visitor's; the event's own ({@code
   *     context.ip}) goes before it
   */
  void note(ObjectNode event, @Nullable String address) {
    JsonNode told = event.path("context");
    boolean isWrong = !isMissing(told) && !told.isObject();
    if (isWrong || !isMissing(told.path(ZONE))) {
      return;
    }
    String visitors = told.path("ip").asString(address);
    if (visitors != null && !visitors.isBlank()) {
      regions
          .zoneOf(visitors.strip())
          .ifPresent(zone -> location(event).putIfAbsent(ZONE, event.stringNode(zone.getId())));
    }
  }

  /** Whatever else is there in its place tells nothing that we know. */
  private static ObjectNode location(ObjectNode event) {
    ObjectNode context =
        event.get("context") instanceof ObjectNode shared
            // By all events of a batch, perhaps, which need not come from one visitor.
            ? shared.deepCopy()
            : event.objectNode();
    event.set("context", context);
    return context.get(LOCATION) instanceof ObjectNode object
        ? object
        : context.putObject(LOCATION);
  }

  private static boolean isMissing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
