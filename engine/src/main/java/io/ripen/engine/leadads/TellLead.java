package io.ripen.engine.leadads;

import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.leadads.LeadAdsProperties.Platform;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says a lead of a platform as {@code Form Submitted}, and what everybody agrees to who sends that
 * form as {@code Consent Granted}, for the very address that came with the lead. Whoever has this
 * address is one lead, as with an import; nobody whom a site knows is taken over by it. It is no
 * visit. Told twice, it is one event.
 */
final class TellLead {

  private static final Logger LOG = LoggerFactory.getLogger(TellLead.class);
  private static final int LONGEST_ID = 60;

  private final ContactIds ids;
  private final EventJson json;
  private final EventPublisher publisher;
  private final Clock clock;

  TellLead(ContactIds ids, EventJson json, EventPublisher publisher, Clock clock) {
    this.ids = ids;
    this.json = json;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Tells it; it is on Kafka when this returns.
   *
   * @throws Refusal when it has no id or no address, or Kafka does not take it
   */
  void tell(String source, Platform platform, Told lead) throws Refusal {
    if (lead.id().isBlank() || lead.id().length() > LONGEST_ID) {
      throw bad("lead_id is '%s' (expected: 1 to %d characters)".formatted(lead.id(), LONGEST_ID));
    }
    ObjectNode traits = JsonMapper.shared().createObjectNode();
    lead.traits().forEach(traits::put);
    String who = who(platform, lead, traits);
    try {
      for (Event event : events(source, platform, lead, traits, who)) {
        publisher.publish(event).join();
      }
    } catch (InvalidEvent e) {
      throw bad(e.getMessage());
    } catch (CompletionException e) {
      LOG.warn("Kafka did not acknowledge a lead of {}: {}", source, String.valueOf(e.getCause()));
      throw new Refusal(
          HttpStatus.SERVICE_UNAVAILABLE,
          "the lead could not be stored (expected: the same request again, later)");
    }
  }

  /** Puts the number as E.164, and takes away what is no number or address. */
  private String who(Platform platform, Told lead, ObjectNode traits) throws Refusal {
    String country =
        platform.country() == null ? null : platform.country().toUpperCase(Locale.ROOT);
    String number = PhoneNumber.e164(lead.traits().getOrDefault("phone", ""), country).orElse(null);
    traits.remove("phone");
    if (number != null) {
      traits.put("phone", number);
    }
    String email = lead.traits().getOrDefault("email", "");
    if (EmailAddress.isPossible(email)) {
      return ids.ofEmail(email);
    }
    traits.remove("email");
    if (number != null) {
      return ids.ofPhone(number);
    }
    throw bad("there is neither an e-mail address nor a phone number (expected: one of both)");
  }

  /** The form first: a yes that comes alone would be somebody's of whom nothing is known. */
  private List<Event> events(
      String source, Platform platform, Told lead, ObjectNode traits, String who)
      throws InvalidEvent {
    String id = "lead-ad-" + ids.ofLead(source, lead.id());
    ObjectNode context = context(source, platform, lead);
    var arrival = new Arrival.AtDoor(source, clock.instant().truncatedTo(ChronoUnit.MILLIS), null);
    ObjectNode properties = JsonMapper.shared().createObjectNode().put("form", source);
    lead.properties().forEach(properties::put);
    List<Event> events = new ArrayList<>();
    ObjectNode form = message("Form Submitted", id, who, properties, with(context, traits));
    events.add(json.read(form, "", arrival));
    for (Agreed agreed : platform.agreed(lead)) {
      String address = traits.path(agreed.trait()).asString("");
      if (address.isEmpty()) {
        continue;
      }
      ObjectNode consent =
          JsonMapper.shared()
              .createObjectNode()
              .put("form", source)
              .put("channel", agreed.channel())
              .put("purpose", agreed.purpose())
              .put("wording", platform.consentWording());
      ObjectNode only = JsonMapper.shared().createObjectNode().put(agreed.trait(), address);
      String part = "-%s-%s".formatted(agreed.channel(), agreed.purpose());
      ObjectNode yes = message("Consent Granted", id + part, who, consent, with(context, only));
      events.add(json.read(yes, "", arrival));
    }
    return events;
  }

  private static ObjectNode with(ObjectNode context, ObjectNode traits) {
    ObjectNode whole = context.deepCopy();
    whole.set("traits", traits);
    return whole;
  }

  private static ObjectNode message(
      String name, String id, String who, ObjectNode properties, ObjectNode context) {
    ObjectNode message =
        JsonMapper.shared()
            .createObjectNode()
            .put("type", "track")
            .put("event", name)
            .put("messageId", id)
            .put("anonymousId", who);
    message.set("properties", properties);
    message.set("context", context);
    return message;
  }

  private static ObjectNode context(String source, Platform platform, Told lead) {
    ObjectNode context = JsonMapper.shared().createObjectNode().put("channel", "import");
    ObjectNode campaign =
        context.putObject("campaign").put("source", source).put("medium", platform.medium());
    Map<String, String> known = lead.properties();
    if (known.containsKey("campaign_id")) {
      campaign.put("name", known.get("campaign_id"));
    }
    if (known.containsKey(GoogleAds.CLICK_ID)) {
      campaign.put("gclid", known.get(GoogleAds.CLICK_ID));
    }
    return context;
  }

  private static Refusal bad(String message) {
    return new Refusal(HttpStatus.BAD_REQUEST, message);
  }
}
