package io.ripen.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A person in a shop, told by the events that their browser sends. */
record Shopper(String anonymousId, String email, String cartId) {

  static Shopper named(String name) {
    UUID id = UUID.randomUUID();
    return new Shopper(id.toString(), name + "." + id + "@example.com", "cart-" + id);
  }

  Map<String, Object> identifies() {
    return event("identify", Map.of("traits", Map.of("email", email, "firstName", "Anna")));
  }

  Map<String, Object> consents() {
    return track(
        "Consent Granted",
        Map.of("channel", "email", "purpose", "marketing", "wording", "Yes, write to me"));
  }

  Map<String, Object> adds(Product product) {
    Map<String, Object> properties = new HashMap<>(product.properties(1));
    properties.put("cart_id", cartId);
    return track("Product Added", properties);
  }

  Map<String, Object> buys(Product product) {
    return track(
        "Order Completed",
        Map.of(
            "order_id",
            "order-" + anonymousId,
            "cart_id",
            cartId,
            "total",
            product.price(),
            "currency",
            "EUR",
            "products",
            List.of(product.properties(1))));
  }

  /** Everything that leads to a reminder. */
  List<Map<String, Object>> leavesBehind(Product product) {
    return List.of(identifies(), consents(), adds(product));
  }

  private Map<String, Object> track(String name, Map<String, Object> properties) {
    return event("track", Map.of("event", name, "properties", properties));
  }

  private Map<String, Object> event(String type, Map<String, Object> content) {
    Map<String, Object> event = new HashMap<>(content);
    event.put("type", type);
    event.put("anonymousId", anonymousId);
    event.put("messageId", UUID.randomUUID().toString());
    return event;
  }
}
