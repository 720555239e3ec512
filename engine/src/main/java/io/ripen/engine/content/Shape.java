package io.ripen.engine.content;

import java.util.Map;
import java.util.TreeMap;

/** What templates may ask of the facts; see {@link io.ripen.engine.leads.Facts#tree()}. */
sealed interface Shape {

  /** A text, number, time, yes or no. */
  record Value() implements Shape {}

  /** Facts by name. */
  record Group(Map<String, Shape> facts) implements Shape {}

  /** A list. */
  record Many(Shape each) implements Shape {}

  /** Whatever the site sent. */
  record Open() implements Shape {}

  Shape VALUE = new Value();
  Shape OPEN = new Open();

  /** All the facts. */
  Group FACTS =
      new Group(
          Map.of(
              "lead",
              group(
                  "id stage score temperature segments known onSite daysAway openCarts orders lastOrderAt email phone firstName lastName locale timeZone visits pageViews readingSeconds"
                      + " firstSeenAt lastSeenAt",
                  Map.of(
                      "traits",
                      OPEN,
                      "answers",
                      OPEN,
                      "consents",
                      OPEN,
                      "firstSource",
                      OPEN,
                      "lastSource",
                      OPEN)),
              "cart",
              group(
                  "id shopId state currency total url itemCount openedAt updatedAt",
                  Map.of("items", items())),
              "order",
              group("id shopId state currency total placedAt", Map.of("items", items())),
              "links",
              group("unsubscribe preferences confirm download telegram", Map.of("answer", OPEN)),
              "event",
              group("name", Map.of("page", OPEN, "properties", OPEN))));

  private static Shape items() {
    return new Many(
        group("productId sku name brand variant category price quantity url imageUrl", Map.of()));
  }

  private static Group group(String values, Map<String, Shape> others) {
    Map<String, Shape> facts = new TreeMap<>(others);
    for (String value : values.split(" ", -1)) {
      facts.put(value, VALUE);
    }
    return new Group(facts);
  }
}
