package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Builds an event as it stands on the topic: {@code track("Product Added").by("anna")…}. */
final class Happening {

  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private final ObjectNode json = JsonMapper.shared().createObjectNode();

  private Happening(String type) {
    json.put("type", type).put("messageId", UuidCreator.getTimeOrderedEpoch().toString());
    json.put("site", "shop");
    at(Duration.ZERO);
  }

  static Happening track(String name) {
    var happening = new Happening("track");
    happening.json.put("event", name);
    return happening;
  }

  static Happening page(String path) {
    return new Happening("page").with("path", path);
  }

  static Happening screen(String name) {
    var happening = new Happening("screen");
    happening.json.put("name", name);
    return happening;
  }

  static Happening group(String groupId) {
    var happening = new Happening("group");
    happening.json.put("groupId", groupId);
    return happening;
  }

  static Happening identify(String userId) {
    return new Happening("identify").user(userId);
  }

  static Happening alias(String previousId, String userId) {
    var happening = new Happening("alias").user(userId);
    happening.json.put("previousId", previousId);
    return happening;
  }

  static Happening added(String cartId, String product, int quantity) {
    return track("Product Added").cart(cartId).product(product, quantity);
  }

  static Happening removed(String cartId, String product, int quantity) {
    return track("Product Removed").cart(cartId).product(product, quantity);
  }

  /** The whole content: {@code viewed("c1", "mug", "pot")}. */
  static Happening viewed(String cartId, String... products) {
    return track("Cart Viewed").cart(cartId).products(products);
  }

  static Happening ordered(String orderId, String... products) {
    return track("Order Completed").with("order_id", orderId).products(products);
  }

  /** Of another site than the usual one; of none where this is empty. */
  Happening site(String site) {
    if (site.isEmpty()) {
      json.remove("site");
    } else {
      json.put("site", site);
    }
    return this;
  }

  Happening by(String anonymousId) {
    json.put("anonymousId", anonymousId);
    return this;
  }

  Happening user(String userId) {
    json.put("userId", userId);
    return this;
  }

  Happening lead(UUID lead) {
    json.put("leadId", lead.toString());
    return this;
  }

  Happening id(String messageId) {
    json.put("messageId", messageId);
    return this;
  }

  Happening at(Duration afterNoon) {
    String time = NOON.plus(afterNoon).toString();
    json.put("timestamp", time).put("receivedAt", time);
    return this;
  }

  Happening minute(int afterNoon) {
    return at(Duration.ofMinutes(afterNoon));
  }

  Happening with(String property, Object value) {
    json.withObjectProperty("properties").putPOJO(property, value);
    return this;
  }

  Happening trait(String name, @Nullable Object value) {
    json.withObjectProperty("traits").putPOJO(name, value);
    return this;
  }

  /** What a form tells of the person. */
  Happening says(String trait, String value) {
    json.withObjectProperty("context").withObjectProperty("traits").put(trait, value);
    return this;
  }

  Happening context(String name, String value) {
    json.withObjectProperty("context").put(name, value);
    return this;
  }

  /** What the door makes of the address. */
  Happening region(String zone) {
    json.withObjectProperty("context").withObjectProperty("location").put("timezone", zone);
    return this;
  }

  Happening campaign(String source, String medium) {
    json.withObjectProperty("context")
        .withObjectProperty("campaign")
        .put("source", source)
        .put("medium", medium);
    return this;
  }

  /** What is told of the person with an event that is not about that: a track event's. */
  Happening contextTrait(String name, String value) {
    json.withObjectProperty("context").withObjectProperty("traits").put(name, value);
    return this;
  }

  Happening onPage(String name, String value) {
    json.withObjectProperty("context").withObjectProperty("page").put(name, value);
    return this;
  }

  Happening cart(String cartId) {
    return cartId.isEmpty() ? this : with("cart_id", cartId);
  }

  byte[] value() {
    return json.toString().getBytes(UTF_8);
  }

  byte[] key() {
    return json.path("anonymousId").asString(json.path("userId").asString("")).getBytes(UTF_8);
  }

  private Happening product(String product, int quantity) {
    return with("product_id", product).with("quantity", quantity).with("price", 10);
  }

  private Happening products(String... products) {
    var list = json.withObjectProperty("properties").putArray("products");
    for (String product : products) {
      list.addObject().put("product_id", product).put("quantity", 1).put("price", 10);
    }
    return this;
  }
}
