package io.ripen.engine.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells whether a record on a topic is about a person. */
final class Mentions {

  /** Shorter ids could stand in any text. */
  private static final int LONG_ENOUGH = 8;

  private final Set<String> users;
  private final Set<String> anonymous;
  private final Set<String> leads;
  private final Set<String> contacts;
  private final Set<String> words;

  Mentions(Person person) {
    users = person.users();
    anonymous = person.anonymous();
    leads = person.leads().stream().map(UUID::toString).collect(Collectors.toSet());
    contacts = person.contacts();
    words = new HashSet<>(leads);
    Stream.of(contacts, users, anonymous)
        .flatMap(Set::stream)
        .filter(word -> word.length() >= LONG_ENOUGH)
        .forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
  }

  /** The record as JSON or text, if it is about the person; else null. */
  @Nullable Object in(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode json = JsonMapper.shared().readTree(value);
      return json.isObject() ? (isOf(json) ? json : null) : text(value);
    } catch (JacksonException e) {
      return text(value);
    }
  }

  private boolean isOf(JsonNode event) {
    String user = event.path("userId").asString("");
    String browser = event.path("anonymousId").asString("");
    String before = event.path("previousId").asString("");
    String lead = event.path("leadId").asString("");
    if (users.contains(user)
        || anonymous.contains(browser)
        || users.contains(before)
        || anonymous.contains(before)
        || leads.contains(lead)) {
      return true;
    }
    if (names(event.path("traits")) || names(event.path("context").path("traits"))) {
      return true;
    }
    // What somebody else did who named this person is the other's.
    return user.isEmpty() && browser.isEmpty() && lead.isEmpty() && names(event);
  }

  private boolean names(JsonNode node) {
    if (node.isString()) {
      String text = node.stringValue().strip().toLowerCase(Locale.ROOT);
      return contacts.contains(text) || leads.contains(text);
    }
    return node.isContainer() && node.valueStream().anyMatch(this::names);
  }

  private @Nullable String text(byte[] value) {
    String text = new String(value, UTF_8);
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains) ? text : null;
  }
}
