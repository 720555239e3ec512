package io.ripen.engine.leads;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.events.InvalidEvent;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says traits that the company tells of a lead in an event. */
final class TellTraits {

  private static final int LONGEST = 32 * 1024;
  private static final String SITE = "api";

  private final EventPublisher publisher;
  private final EventJson json;
  private final MailDomains domains;
  private final Clock clock;

  TellTraits(EventPublisher publisher, EventJson json, MailDomains domains, Clock clock) {
    this.publisher = publisher;
    this.json = json;
    this.domains = domains;
    this.clock = clock;
  }

  /**
   * Reads traits, checks what can be checked, and writes the phone number as E.164.
   *
   * @param country whose numbers are written without a country's code; may be empty
   * @throws ResponseStatusException that says what is wrong
   */
  ObjectNode read(byte[] body, String country) {
    if (body.length > LONGEST) {
      throw bad("the traits are longer than %d KB (expected: fewer)".formatted(LONGEST / 1024));
    }
    ObjectNode traits = parse(body);
    if (traits.isEmpty()) {
      throw bad("there are no traits (expected: such as {\"firstName\": \"Anna\"})");
    }
    String region = country.toUpperCase(Locale.ROOT);
    if (!region.isEmpty() && !PhoneNumber.isCountry(region)) {
      throw bad("country: '%s' is none (expected: two letters, such as DE)".formatted(country));
    }
    keepAddresses(traits);
    JsonNode email = traits.get("email");
    if (email != null) {
      checkEmail(email);
    }
    JsonNode phone = traits.get("phone");
    if (phone != null) {
      String number =
          PhoneNumber.e164(phone.asString(""), region.isEmpty() ? null : region)
              .orElseThrow(
                  () ->
                      bad(
                          "phone: %s is no phone number (expected: with + and the country's code, or ?country=)"
                              .formatted(phone)));
      traits.put("phone", number);
    }
    return traits;
  }

  /** Consents, suppressions and flows that run hang on them. */
  private static void keepAddresses(ObjectNode traits) {
    for (String address : List.of("email", "phone")) {
      if (traits.path(address).isNull()) {
        throw bad(
            "%s: null takes no address away (expected: the right one, or not to name it; to write there no more, the event Consent Withdrawn; to forget the person, POST /api/leads/ID/erase)"
                .formatted(address));
      }
    }
  }

  private void checkEmail(JsonNode email) {
    String address = email.isString() ? email.stringValue().strip() : "";
    if (!EmailAddress.isPossible(address)) {
      throw bad("email: %s is no e-mail address".formatted(email));
    }
    if (!domains.canReceive(EmailAddress.domain(address))) {
      throw bad(
          "email: nobody receives mail at %s (expected: an address that can be reached)"
              .formatted(EmailAddress.domain(address)));
    }
  }

  private ObjectNode parse(byte[] body) {
    try {
      if (json.mapper().readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw bad("the body is " + EventJson.reason(e));
    }
    throw bad("the body is no JSON object (expected: traits in braces)");
  }

  /**
   * Tells them.
   *
   * @param idField which id the lead is named by
   * @return the event, which Kafka has
   * @throws ResponseStatusException when they cannot be stored, or Kafka does not take them
   */
  Event of(String idField, String id, ObjectNode traits) {
    Event event = event(idField, id, traits);
    try {
      publisher.publish(event).join();
      return event;
    } catch (CompletionException e) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "the traits could not be stored (expected: the same request again, later)",
          e);
    }
  }

  private Event event(String idField, String id, ObjectNode traits) {
    ObjectNode message =
        json.mapper()
            .createObjectNode()
            .put("type", "identify")
            .put("messageId", UuidCreator.getTimeOrderedEpoch().toString())
            .put("site", SITE)
            .put(idField, id);
    message.set("traits", traits);
    message.putObject("context").put("channel", "server");
    try {
      return json.read(
          message,
          "",
          new Arrival.OnTopic(SITE, 0, 0, 0, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    } catch (InvalidEvent e) {
      throw bad(e.getMessage());
    }
  }

  static ResponseStatusException bad(String reason) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
  }
}
