package io.ripen.engine.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.Inbound;
import io.ripen.engine.events.Event;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.TouchRef;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.DigestUtils;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the events of what came in. The same thing makes the same event however often it comes. */
final class InboundEvents {

  private static final String SITE = "default";

  private InboundEvents() {}

  /** What befell a touch. */
  static Event ofTouch(Inbound inbound, String name, TouchRef touch, Map<String, String> more) {
    ObjectNode properties = properties(more);
    put(properties, touch);
    return event(inbound, name, "track", name, Whose.lead(touch.leadId()), properties, empty());
  }

  /**
   * What a person did.
   *
   * @param touch what they did it upon, where we know
   */
  static Event ofPerson(
      Inbound.FromPerson inbound,
      String name,
      Whose whose,
      @Nullable TouchRef touch,
      Map<String, String> more) {
    ObjectNode properties = properties(more);
    properties.put("channel", inbound.channel());
    if (Medium.named(inbound.channel()) == Medium.MESSENGER) {
      properties.put("contact", fingerprint(inbound.from()));
    }
    if (touch != null) {
      put(properties, touch);
    }
    String id = more.containsKey("purpose") ? name + "." + more.get("purpose") : name;
    return event(inbound, id, "track", name, whose, properties, empty());
  }

  /** As touches keep where they were sent: tells contacts apart, and shows none. */
  private static String fingerprint(String address) {
    return DigestUtils.md5DigestAsHex(address.toLowerCase(Locale.ROOT).getBytes(UTF_8));
  }

  /** A consent that confirms what a touch asked for. */
  static Event confirmed(String id, Instant at, TouchRef touch, Map<String, String> more) {
    ObjectNode properties = properties(more);
    put(properties, touch);
    return Event.ofOurs(id, "Consent Granted", touch.leadId(), at, properties, empty());
  }

  /** How they can be reached from now on. */
  static Event identify(Inbound.FromPerson inbound, Whose whose, Map<String, String> traits) {
    return event(inbound, "identify", "identify", "", whose, empty(), properties(traits));
  }

  private static Event event(
      Inbound inbound,
      String what,
      String type,
      String name,
      Whose whose,
      ObjectNode properties,
      ObjectNode traits) {
    return new Event(
        (Event.INBOUND + "%s.%s")
            .formatted(inbound.id(), what.replace(' ', '-').toLowerCase(Locale.ROOT)),
        type,
        name,
        null,
        whose.anonymousId(),
        null,
        null,
        whose.leadId(),
        inbound.at(),
        inbound.at(),
        SITE,
        properties,
        traits,
        empty());
  }

  private static void put(ObjectNode properties, TouchRef touch) {
    properties.put("touch", Long.toString(touch.touch()));
    properties.put("flow", touch.flow());
    properties.put("element", touch.element());
    properties.put("channel", touch.channel());
  }

  private static ObjectNode properties(Map<String, String> values) {
    ObjectNode properties = empty();
    values.forEach(properties::put);
    return properties;
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
