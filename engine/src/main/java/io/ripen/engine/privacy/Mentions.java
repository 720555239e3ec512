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

  private final Set<String> ids;
  private final Set<String> leads;
  private final Set<String> contacts;
  private final Set<String> words;

  Mentions(Person person) {
    ids =
        Stream.concat(person.users().stream(), person.anonymous().stream())
            .collect(Collectors.toSet());
    leads = person.leads().stream().map(UUID::toString).collect(Collectors.toSet());
    contacts = person.contacts();
    words = new HashSet<>(contacts);
    words.addAll(leads);
    ids.stream()
        .filter(id -> id.length() >= LONG_ENOUGH)
        .forEach(id -> words.add(id.toLowerCase(Locale.ROOT)));
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
    return Stream.of("userId", "anonymousId", "previousId")
            .anyMatch(field -> ids.contains(event.path(field).asString("")))
        || leads.contains(event.path("leadId").asString(""))
        || names(event);
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
