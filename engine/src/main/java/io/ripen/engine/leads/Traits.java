package io.ripen.engine.leads;

import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.events.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event tells of the person: traits, locale, time zone. What is older than what is known
 * fills gaps only.
 */
final class Traits {

  private static final int LONGEST_TAG = 35;
  private static final int LONGEST_ZONE = 60;

  private Traits() {}

  static void apply(Event event, LeadState lead) {
    ObjectNode traits = event.type().equals("identify") ? event.traits() : inContext(event);
    if (traits != null && !traits.isEmpty()) {
      learn(traits, event.occurredAt(), lead);
    }
    if (event.leadId() == null) {
      device(event, lead);
      region(event, lead);
    }
  }

  /** What the browser says counts until the person does. */
  private static void device(Event event, LeadState lead) {
    JsonNode locale = event.context().get("locale");
    JsonNode zone = event.context().get("timezone");
    if (locale == null && zone == null) {
      return;
    }
    boolean isLatest = !event.occurredAt().isBefore(lead.lastSeenAt);
    String tag = text(locale).equals(lead.locale) ? null : tag(text(locale));
    if (tag != null && !tag.equals(lead.locale) && (lead.locale == null || isLatest)) {
      boolean saidOtherwise = lead.locale != null && lead.traits().has("locale");
      lead.isChanged |= !saidOtherwise;
      lead.locale = saidOtherwise ? lead.locale : tag;
    }
    String id = text(zone);
    if (!id.equals(lead.timeZone) && (lead.timeZone == null || isLatest)) {
      String told = zone(id);
      boolean saidOtherwise = lead.timeZone != null && lead.traits().has("timezone");
      lead.isChanged |= told != null && !saidOtherwise;
      lead.timeZone = told == null || saidOtherwise ? lead.timeZone : told;
    }
  }

  /** What the address says is kept apart: it never goes before what anybody told. */
  private static void region(Event event, LeadState lead) {
    String told = zone(text(event.context().path("location").get("timezone")));
    boolean isNews = lead.regionZone == null || !event.occurredAt().isBefore(lead.lastSeenAt);
    if (told != null && isNews && !told.equals(lead.regionZone)) {
      lead.regionZone = told;
      lead.isChanged = true;
    }
  }

  private static void learn(ObjectNode told, Instant at, LeadState lead) {
    boolean isLate = lead.traitsAt != null && at.isBefore(lead.traitsAt);
    ObjectNode traits = lead.traits();
    for (Map.Entry<String, JsonNode> trait : told.properties()) {
      if (!isLate && trait.getValue().isNull()) {
        traits.remove(trait.getKey());
      } else if (!isLate || !traits.has(trait.getKey())) {
        traits.set(trait.getKey(), trait.getValue());
      }
    }
    lead.traits = traits.toString();
    lead.traitsAt = isLate ? lead.traitsAt : at;
    lead.isChanged = true;

    String email = Shopping.firstText(told, "email");
    boolean isAddress = email != null && EmailAddress.isPossible(email);
    lead.email = newer(isAddress ? email : null, lead.email, isLate);
    lead.phone = newer(number(Shopping.firstText(told, "phone")), lead.phone, isLate);
    names(told, lead, isLate);
    lead.locale = newer(tag(text(told.get("locale"))), lead.locale, isLate);
    lead.timeZone = newer(zone(text(told.get("timezone"))), lead.timeZone, isLate);
  }

  /** One spelling for each number: caps, STOP and YES go by it. */
  private static @Nullable String number(@Nullable String told) {
    return told == null || !told.startsWith("+")
        ? told
        : PhoneNumber.e164(told, null).orElseGet(() -> told.replaceAll("[\\s()./-]+", ""));
  }

  private static void names(ObjectNode told, LeadState lead, boolean isLate) {
    String first = Shopping.firstText(told, "firstName", "first_name", "firstname");
    String last = Shopping.firstText(told, "lastName", "last_name", "lastname");
    String name = Shopping.firstText(told, "name");
    if (name != null && first == null && last == null) {
      int space = name.indexOf(' ');
      first = space < 0 ? name : name.substring(0, space);
      last = space < 0 ? null : name.substring(space + 1).strip();
    }
    lead.firstName = newer(first, lead.firstName, isLate);
    lead.lastName = newer(last, lead.lastName, isLate);
  }

  private static @Nullable ObjectNode inContext(Event event) {
    return event.context().get("traits") instanceof ObjectNode traits ? traits : null;
  }

  private static @Nullable String newer(
      @Nullable String told, @Nullable String known, boolean isLate) {
    return told == null || (isLate && known != null) ? known : told;
  }

  private static String text(@Nullable JsonNode node) {
    return node != null && node.isString() ? node.stringValue() : "";
  }

  private static @Nullable String tag(String text) {
    if (text.isEmpty()) {
      return null;
    }
    String tag = Locale.forLanguageTag(text.replace('_', '-')).toLanguageTag();
    return tag.equals("und") || tag.length() > LONGEST_TAG ? null : tag;
  }

  private static @Nullable String zone(String text) {
    if (text.isEmpty() || text.length() > LONGEST_ZONE) {
      return null;
    }
    try {
      return ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
