package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who decided something about a lead: a step of a flow, and the person whose choice it carries out
 * where there is one; or, without a flow and a person, a rule of Ripen's own.
 *
 * @param flow the flow's id
 * @param element the step's id in it
 * @param instance Zeebe's key of the run
 * @param person a salesperson, as they are called in the inbox, or "sales" where they did not say
 *     their name; never the lead
 * @param rule one of those below
 */
public record DecidedBy(
    @Nullable String flow,
    @Nullable String element,
    @Nullable Long instance,
    @Nullable String person,
    @Nullable String rule) {

  /** There is a way to reach them from now on. */
  static final DecidedBy REACHABLE = rule("reachable");

  /** They bought. */
  static final DecidedBy PURCHASE = rule("purchase");

  /** They turned out to be somebody who had come further. */
  static final DecidedBy MERGE = rule("merge");

  /** A decision that does not say whose it is. */
  private static final DecidedBy NOBODY_SAYS = rule("untold");

  private static final String FLOW = "flow";
  private static final String ELEMENT = "element";
  private static final String INSTANCE = "instance";
  private static final String PERSON = "person";
  private static final String RULE = "rule";

  /** A step of a flow, perhaps for a person. */
  public static DecidedBy step(
      String flow, String element, long instance, @Nullable String person) {
    return new DecidedBy(flow, element, instance, person, null);
  }

  private static DecidedBy rule(String rule) {
    return new DecidedBy(null, null, null, null, rule);
  }

  /** Who an event says that it was, as {@link #addTo} told it. */
  static DecidedBy toldBy(Event event) {
    ObjectNode told = event.properties();
    var by =
        new DecidedBy(
            text(told, FLOW),
            text(told, ELEMENT),
            number(told, INSTANCE),
            text(told, PERSON),
            null);
    return by.flow() == null && by.person() == null ? NOBODY_SAYS : by;
  }

  /** In words, for an event's line on the timeline. */
  String inWords() {
    String step = flow == null ? "" : "flow %s, step %s".formatted(flow, element);
    String who = person == null ? "" : person;
    return step.isEmpty() || who.isEmpty() ? step + who : "%s, for %s".formatted(step, who);
  }

  /** What is known of it; Zeebe's key as text, since JavaScript has no such numbers. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    addTo(json);
    return json;
  }

  void addTo(ObjectNode json) {
    put(json, FLOW, flow);
    put(json, ELEMENT, element);
    put(json, INSTANCE, instance == null ? null : instance.toString());
    put(json, PERSON, person);
    put(json, RULE, rule);
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static @Nullable String text(ObjectNode told, String name) {
    String text = told.path(name).asString("").strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Long number(ObjectNode told, String name) {
    long number = told.path(name).asLong(0);
    return number == 0 ? null : number;
  }
}
