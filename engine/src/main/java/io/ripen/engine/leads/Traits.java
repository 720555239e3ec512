package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an event tells of the person: traits, locale, time zone. */
final class Traits {

  /** What has a chance to be an address; whether it is one, the mail server knows. */
  private static final Pattern EMAIL = Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,255}");

  private Traits() {}

  /** Takes it over into the lead; returns whether anything changed. */
  static boolean apply(Event event, LeadState lead) {
    boolean changed = false;
    String locale = locale(event.context().path("locale").asString(""));
    if (locale != null && !locale.equals(lead.locale)) {
      lead.locale = locale;
      changed = true;
    }
    String zone = zone(event.context().path("timezone").asString(""));
    if (zone != null && !zone.equals(lead.timeZone)) {
      lead.timeZone = zone;
      changed = true;
    }
    if (event.type().equals("identify") && !event.traits().isEmpty()) {
      traits(event.traits(), lead);
      changed = true;
    }
    return changed;
  }

  private static void traits(ObjectNode traits, LeadState lead) {
    lead.traits = lead.traits.deepCopy();
    lead.traits.setAll(traits);
    String email = Shopping.firstText(traits, "email");
    if (email != null && EMAIL.matcher(email).matches()) {
      lead.email = email;
    }
    lead.phone = known(Shopping.firstText(traits, "phone"), lead.phone);
    String name = Shopping.firstText(traits, "name");
    if (name != null && !traits.has("firstName") && !traits.has("first_name")) {
      int space = name.indexOf(' ');
      lead.firstName = space < 0 ? name : name.substring(0, space);
      lead.lastName = space < 0 ? lead.lastName : name.substring(space + 1).strip();
    }
    lead.firstName = known(Shopping.firstText(traits, "firstName", "first_name"), lead.firstName);
    lead.lastName = known(Shopping.firstText(traits, "lastName", "last_name"), lead.lastName);
    String locale = locale(traits.path("locale").asString(""));
    lead.locale = known(locale, lead.locale);
    lead.timeZone = known(zone(traits.path("timezone").asString("")), lead.timeZone);
  }

  private static @Nullable String known(@Nullable String told, @Nullable String before) {
    return told == null ? before : told;
  }

  private static @Nullable String locale(String text) {
    String tag = Locale.forLanguageTag(text.replace('_', '-')).toLanguageTag();
    return tag.equals("und") || tag.length() > 35 ? null : tag;
  }

  private static @Nullable String zone(String text) {
    if (text.isEmpty() || text.length() > 60) {
      return null;
    }
    try {
      return ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
