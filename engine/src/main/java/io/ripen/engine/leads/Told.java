package io.ripen.engine.leads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * When each thing was told that is known of a person: of two that tell of the same thing the later
 * one counts, in whatever order they come in and whoever turns out to be one person. As JSON:
 * {@code {"traits": {"plan": "2026-05-04T10:00:00Z"}, "fields": {"email": …}}}; what was taken back
 * keeps its time.
 */
final class Told {

  /** Of whom nothing was told. */
  static final String NOTHING = "{}";

  private static final String TRAITS = "traits";
  private static final String FIELDS = "fields";

  private final ObjectNode json;

  Told(String json) {
    this.json = (ObjectNode) JsonMapper.shared().readTree(json);
  }

  /**
   * Notes that a trait was told then.
   *
   * @return whether it is news; else the one that is known was told later, and stays
   */
  boolean noteTrait(String name, Instant at) {
    return note(TRAITS, name, at);
  }

  /** The same of a field that is read from traits. */
  boolean noteField(String name, Instant at) {
    return note(FIELDS, name, at);
  }

  /** Whether somebody told the field, and not only a browser. */
  boolean hasField(String name) {
    return at(FIELDS, name) != null;
  }

  /** Takes over the other one's traits that were told later. */
  void absorbTraits(ObjectNode traits, Told other, ObjectNode others) {
    for (String name : other.json.path(TRAITS).propertyNames()) {
      if (noteIfLater(TRAITS, name, other)) {
        set(traits, name, others.get(name));
      }
    }
  }

  /**
   * Which of both holds, and takes over its time.
   *
   * @param otherWasThereLater decides where nobody told either
   */
  @Nullable String later(
      String field,
      @Nullable String mine,
      Told other,
      @Nullable String others,
      boolean otherWasThereLater) {
    if (other.hasField(field)) {
      return noteIfLater(FIELDS, field, other) ? others : mine;
    }
    boolean isOthers = !hasField(field) && (mine == null || otherWasThereLater);
    return isOthers && others != null ? others : mine;
  }

  /** A trait that is told to be nothing is taken back. */
  static void set(ObjectNode traits, String name, @Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      traits.remove(name);
    } else {
      traits.set(name, value);
    }
  }

  @Override
  public String toString() {
    return json.toString();
  }

  private boolean noteIfLater(String kind, String name, Told other) {
    Instant mine = at(kind, name);
    Instant others = other.at(kind, name);
    return others != null && (mine == null || others.isAfter(mine)) && note(kind, name, others);
  }

  private boolean note(String kind, String name, Instant at) {
    Instant known = at(kind, name);
    if (known != null && at.isBefore(known)) {
      return false;
    }
    json.withObjectProperty(kind).put(name, at.toString());
    return true;
  }

  private @Nullable Instant at(String kind, String name) {
    String at = json.path(kind).path(name).asString("");
    return at.isEmpty() ? null : Instant.parse(at);
  }
}
