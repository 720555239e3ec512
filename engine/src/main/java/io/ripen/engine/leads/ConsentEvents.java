package io.ripen.engine.leads;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.events.Event;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads {@code Consent Granted} and {@code Consent Withdrawn}. */
final class ConsentEvents {

  private ConsentEvents() {}

  /** A consent as an event tells it, by the lead of that moment. */
  record Told(Event event, LeadState lead, String channel, String purpose, boolean granted) {

    /** By the lead that it is after all merges of the batch. */
    ConsentChange change(Book book) {
      return new ConsentChange(
          book.survivor(lead).id, channel, purpose, granted, event.occurredAt(), proof(event));
    }
  }

  static Optional<Told> read(Event event, LeadState lead) {
    boolean granted = event.name().equals("Consent Granted");
    if (!event.type().equals("track") || !(granted || event.name().equals("Consent Withdrawn"))) {
      return Optional.empty();
    }
    String channel = word(event.properties(), "channel");
    String purpose = word(event.properties(), "purpose");
    return channel == null || purpose == null
        ? Optional.empty()
        : Optional.of(new Told(event, lead, channel, purpose, granted));
  }

  private static @Nullable String word(ObjectNode properties, String name) {
    String word = Shopping.firstText(properties, name);
    return word == null ? null : word.toLowerCase(Locale.ROOT);
  }

  private static ObjectNode proof(Event event) {
    ObjectNode proof = JsonMapper.shared().createObjectNode();
    put(proof, "wording", event.properties().path("wording"));
    put(proof, "url", event.context().path("page").path("url"));
    put(proof, "ip", event.context().path("ip"));
    put(proof, "userAgent", event.context().path("userAgent"));
    return proof.put("messageId", event.messageId());
  }

  private static void put(ObjectNode proof, String name, JsonNode value) {
    if (value.isString()) {
      proof.put(name, value.asString());
    }
  }
}
