package io.ripen.engine.leads;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.consents.DoubleOptIn;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads {@code Consent Granted} and {@code Consent Withdrawn}, and who asks for texts: that allows
 * the one message that asks to confirm.
 */
final class ConsentEvents {

  static final String EMAIL = "email";
  static final String SMS = "sms";

  /** Marks a yes in its event, for those who read what a lead did. */
  private static final String NOT_COUNTED = "notCounted";

  private ConsentEvents() {}

  /** A consent as an event tells it. */
  record Told(String channel, String purpose, boolean granted, @Nullable String named) {

    ConsentChange change(Event event, LeadState lead, @Nullable String address) {
      return new ConsentChange(
          lead.id, channel, purpose, granted, event.occurredAt(), proof(event), address);
    }

    /** Whether it counts; what does not is marked in its event. */
    boolean counts(Event event, LeadState lead) {
      boolean isForNone = granted && named == null && !isOurs(event) && isUnreadable(event, lead);
      if (isForNone) {
        event.properties().put(NOT_COUNTED, true);
      } else {
        event.properties().remove(NOT_COUNTED);
      }
      return !isForNone;
    }

    /**
     * Whether what they gave is no address: it is another one than is known, and nobody knows
     * which. A form on a page tells its number right before the yes.
     */
    private boolean isUnreadable(Event event, LeadState lead) {
      return Traits.isUnreadable(Traits.of(event), channel)
          || (channel.equals(SMS) && Traits.isUnreadable(lead.traits(), channel));
    }

    /** Ripen itself knows whom it wrote to, and who wrote to it. */
    private static boolean isOurs(Event event) {
      return event.leadId() != null || event.messageId().startsWith(Event.OURS);
    }

    /** The address that a yes is for: the one that comes with it, else what is known then. */
    @Nullable String address(LeadState lead) {
      if (named != null) {
        return named;
      }
      return switch (channel) {
        case EMAIL -> lead.email;
        case SMS -> lead.phone;
        default -> null;
      };
    }
  }

  /**
   * The consent that the event tells of, if it does.
   *
   * @throws InvalidEvent when it does not say for what: a withdrawal must not be lost in silence
   */
  static Optional<Told> read(Event event) throws InvalidEvent {
    if (!event.type().equals("track")) {
      return Optional.empty();
    }
    if (event.name().equals(DoubleOptIn.TEXTS.event())) {
      return Optional.of(
          told(event, DoubleOptIn.TEXTS.channel(), Purposes.CONFIRMATION, /* granted= */ true));
    }
    boolean granted = event.name().equals("Consent Granted");
    return granted || event.name().equals("Consent Withdrawn")
        ? Optional.of(
            told(
                event,
                word(event, "channel", "email"),
                word(event, "purpose", "marketing"),
                granted))
        : Optional.empty();
  }

  private static Told told(Event event, String channel, String purpose, boolean granted) {
    return new Told(channel, purpose, granted, Traits.address(event, channel));
  }

  private static String word(Event event, String name, String example) throws InvalidEvent {
    String word = Shopping.firstText(event.properties(), name);
    if (word == null) {
      throw new InvalidEvent(
          "%s: \"properties.%s\" is missing (expected: a word such as %s)"
              .formatted(event.name(), name, example));
    }
    return word;
  }

  private static ObjectNode proof(Event event) {
    ObjectNode proof = JsonMapper.shared().createObjectNode();
    put(proof, "wording", event.properties().path("wording"));
    put(proof, "import", event.properties().path("import"));
    put(proof, "form", event.properties().path("form"));
    put(proof, "version", event.properties().path("version"));
    if (event.leadId() != null) {
      // Only Ripen itself names leads; what others say of links and answers proves nothing.
      put(proof, "by", event.properties().path("by"));
      put(proof, "touch", event.properties().path("touch"));
      put(proof, "url", event.properties().path("url"));
    }
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
