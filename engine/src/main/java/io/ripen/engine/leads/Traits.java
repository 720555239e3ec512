package io.ripen.engine.leads;

import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.events.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event tells of the person: traits, locale, time zone. What is older than what is known of
 * the same thing changes nothing.
 */
final class Traits {

  private static final int LONGEST_TAG = 35;
  private static final int LONGEST_ZONE = 60;

  static final String PHONE = "phone";
  private static final String EMAIL = "email";
  private static final String NAME = "name";
  private static final String FIRST_NAME = "firstName";
  private static final String[] FIRST_NAMES = {FIRST_NAME, "first_name", "firstname"};
  private static final String LAST_NAME = "lastName";
  private static final String[] LAST_NAMES = {LAST_NAME, "last_name", "lastname"};
  private static final String LOCALE = "locale";
  private static final String TIME_ZONE = "timezone";

  private Traits() {}

  static void apply(Event event, LeadState lead) {
    ObjectNode traits = of(event);
    if (traits != null && !traits.isEmpty()) {
      learn(traits, event.occurredAt(), lead);
    }
    if (event.leadId() == null) {
      boolean isLatest = isLatest(event, lead);
      device(event, lead, isLatest);
      region(event, lead, isLatest);
    }
  }

  /** What is told of the person; null where nothing is. */
  static @Nullable ObjectNode of(Event event) {
    return event.type().equals("identify") ? event.traits() : inContext(event);
  }

  /**
   * Takes over what was told later of another lead, who turned out to be the same person.
   *
   * @param otherWasThereLater decides on what nobody told: the browser's and the address's
   */
  static void absorb(LeadState lead, LeadState other, boolean otherWasThereLater) {
    var times = new Told(lead.traitsAt);
    var others = new Told(other.traitsAt);
    ObjectNode traits = lead.traits();
    times.absorbTraits(traits, others, other.traits());
    lead.traits = traits.toString();
    lead.email = times.later(EMAIL, lead.email, others, other.email, false);
    lead.phone = times.later(PHONE, lead.phone, others, other.phone, false);
    lead.firstName = times.later(FIRST_NAME, lead.firstName, others, other.firstName, false);
    lead.lastName = times.later(LAST_NAME, lead.lastName, others, other.lastName, false);
    lead.locale = times.later(LOCALE, lead.locale, others, other.locale, otherWasThereLater);
    lead.timeZone =
        times.later(TIME_ZONE, lead.timeZone, others, other.timeZone, otherWasThereLater);
    boolean isOthersRegion = lead.regionZone == null || otherWasThereLater;
    lead.regionZone =
        isOthersRegion && other.regionZone != null ? other.regionZone : lead.regionZone;
    lead.traitsAt = times.toString();
  }

  /** Whether no browser has told anything later; who was on a site is known by that alone. */
  private static boolean isLatest(Event event, LeadState lead) {
    boolean isThere = Visits.isPresence(event);
    boolean wasThere = lead.visits > 0;
    return isThere == wasThere ? !event.occurredAt().isBefore(lead.lastSeenAt) : isThere;
  }

  /** What the browser says counts until the person does, if only by taking it back. */
  private static void device(Event event, LeadState lead, boolean isLatest) {
    JsonNode locale = event.context().get(LOCALE);
    JsonNode zone = event.context().get(TIME_ZONE);
    if (locale == null && zone == null) {
      return;
    }
    String tag = text(locale).equals(lead.locale) ? null : tag(text(locale));
    if (tag != null && !tag.equals(lead.locale) && mayChange(LOCALE, lead.locale, lead, isLatest)) {
      lead.locale = tag;
      lead.isChanged = true;
    }
    String id = text(zone).equals(lead.timeZone) ? null : zone(text(zone));
    if (id != null
        && !id.equals(lead.timeZone)
        && mayChange(TIME_ZONE, lead.timeZone, lead, isLatest)) {
      lead.timeZone = id;
      lead.isChanged = true;
    }
  }

  private static boolean mayChange(
      String field, @Nullable String known, LeadState lead, boolean isLatest) {
    return (known == null || isLatest)
        && (lead.traitsAt.equals(Told.NOTHING) || !new Told(lead.traitsAt).hasField(field));
  }

  /** What the address says is kept apart: it never goes before what anybody told. */
  private static void region(Event event, LeadState lead, boolean isLatest) {
    String told = zone(text(event.context().path("location").get(TIME_ZONE)));
    boolean isNews = lead.regionZone == null || isLatest;
    if (told != null && isNews && !told.equals(lead.regionZone)) {
      lead.regionZone = told;
      lead.isChanged = true;
    }
  }

  private static void learn(ObjectNode told, Instant at, LeadState lead) {
    var times = new Told(lead.traitsAt);
    ObjectNode traits = lead.traits();
    for (Map.Entry<String, JsonNode> trait : told.properties()) {
      if (times.noteTrait(trait.getKey(), at)) {
        Told.set(traits, trait.getKey(), trait.getValue());
      }
    }
    lead.traits = traits.toString();
    fields(told, new Newer(times, at), lead);
    lead.traitsAt = times.toString();
    lead.isChanged = true;
  }

  private static void fields(ObjectNode told, Newer newer, LeadState lead) {
    lead.email = newer.of(EMAIL, email(told), lead.email);
    lead.phone = newer.of(PHONE, number(told), lead.phone);
    String first = Shopping.firstText(told, FIRST_NAMES);
    String last = Shopping.firstText(told, LAST_NAMES);
    String name = Shopping.firstText(told, NAME);
    boolean isWhole = first == null && last == null;
    boolean isGone = isWhole && isTakenBack(told, NAME);
    if (name != null && isWhole) {
      int space = name.indexOf(' ');
      first = space < 0 ? name : name.substring(0, space);
      last = space < 0 ? null : name.substring(space + 1).strip();
    }
    lead.firstName =
        newer.of(FIRST_NAME, first, isGone || isTakenBack(told, FIRST_NAMES), lead.firstName);
    lead.lastName =
        newer.of(LAST_NAME, last, isGone || isTakenBack(told, LAST_NAMES), lead.lastName);
    lead.locale =
        newer.of(LOCALE, tag(text(told.get(LOCALE))), isTakenBack(told, LOCALE), lead.locale);
    lead.timeZone =
        newer.of(
            TIME_ZONE,
            zone(text(told.get(TIME_ZONE))),
            isTakenBack(told, TIME_ZONE),
            lead.timeZone);
  }

  /** Whether it is told to be nothing. */
  private static boolean isTakenBack(ObjectNode told, String... names) {
    return Stream.of(names).anyMatch(name -> told.path(name).isNull());
  }

  /** Of what was told at one time and what is known, the newer. */
  private record Newer(Told times, Instant at) {

    @Nullable String of(String field, @Nullable String told, @Nullable String known) {
      return of(field, told, /* isTakenBack= */ false, known);
    }

    @Nullable String of(
        String field, @Nullable String told, boolean isTakenBack, @Nullable String known) {
      boolean isTold = told != null || isTakenBack;
      return isTold && times.noteField(field, at) ? told : known;
    }
  }

  /** The address by a channel that the event itself tells; null where it tells none. */
  static @Nullable String address(Event event, String channel) {
    ObjectNode told = of(event);
    if (told == null) {
      return null;
    }
    return switch (channel) {
      case ConsentEvents.EMAIL -> email(told);
      case ConsentEvents.SMS -> number(told);
      default -> null;
    };
  }

  /** Whether an address by the channel is told that cannot be read as one. */
  static boolean isUnreadable(@Nullable ObjectNode told, String channel) {
    if (told == null) {
      return false;
    }
    return switch (channel) {
      case ConsentEvents.EMAIL -> isThere(told.path(EMAIL)) && email(told) == null;
      case ConsentEvents.SMS -> isThere(told.path(PHONE)) && number(told) == null;
      default -> false;
    };
  }

  private static boolean isThere(JsonNode node) {
    boolean isBlank = node.isString() && node.stringValue().isBlank();
    return !node.isMissingNode() && !node.isNull() && !isBlank;
  }

  private static @Nullable String email(ObjectNode traits) {
    String told = Shopping.firstText(traits, EMAIL);
    return told != null && EmailAddress.isPossible(told) ? told : null;
  }

  /** One spelling for each number: caps, STOP and YES go by it. What is none stays a trait. */
  private static @Nullable String number(ObjectNode traits) {
    String told = Shopping.firstText(traits, PHONE);
    return told == null ? null : PhoneNumber.e164(told, null).orElse(null);
  }

  private static @Nullable ObjectNode inContext(Event event) {
    return event.context().get("traits") instanceof ObjectNode traits ? traits : null;
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
