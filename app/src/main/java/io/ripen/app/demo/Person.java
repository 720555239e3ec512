package io.ripen.app.demo;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody in the demo shop, told by the events that their browser sends. */
record Person(String firstName, String email, String anonymousId, String cartId) {

  static final Article MUG =
      new Article("juniper-mug", "JC-MUG-01", "Juniper Mug", new BigDecimal("24.00"));
  static final Article TEA =
      new Article("harsfa-linden-tea", "JC-TEA-12", "Hársfa Linden Tea", new BigDecimal("11.90"));

  /** What the shop sells. */
  record Article(String id, String sku, String name, BigDecimal price) {

    Map<String, Object> properties(String shop) {
      return Map.of(
          "product_id",
          id,
          "sku",
          sku,
          "name",
          name,
          "price",
          price,
          "quantity",
          1,
          "currency",
          "EUR",
          "url",
          shop + "/products/" + id,
          "image_url",
          shop + "/img/" + id + ".png");
    }
  }

  static Person named(String firstName) {
    String id = UUID.randomUUID().toString();
    return new Person(
        firstName,
        "%s.%s@example.com"
            .formatted(firstName.toLowerCase(java.util.Locale.ROOT), id.substring(0, 8)),
        id,
        "cart-" + id);
  }

  List<Map<String, Object>> looksAround(String shop) {
    return List.of(
        event("page", shop, Map.of("name", "Shop", "properties", Map.of("url", shop))),
        track("Product Viewed", shop, MUG.properties(shop)),
        track("Product Viewed", shop, TEA.properties(shop)));
  }

  List<Map<String, Object>> leavesAddress(String shop) {
    return List.of(
        event("identify", shop, Map.of("traits", Map.of("email", email, "firstName", firstName))),
        track(
            "Consent Granted",
            shop,
            Map.of(
                "channel", "email",
                "purpose", "marketing",
                "wording", "Yes, write to me about my cart and about news")));
  }

  List<Map<String, Object>> fillsCart(String shop) {
    return List.of(
        track("Product Added", shop, inCart(MUG.properties(shop))),
        track("Product Added", shop, inCart(TEA.properties(shop))));
  }

  List<Map<String, Object>> buys(String shop) {
    return List.of(
        track(
            "Order Completed",
            shop,
            Map.of(
                "order_id",
                "order-" + anonymousId,
                "cart_id",
                cartId,
                "total",
                MUG.price().add(TEA.price()),
                "currency",
                "EUR",
                "products",
                List.of(MUG.properties(shop), TEA.properties(shop)))));
  }

  private Map<String, Object> inCart(Map<String, Object> product) {
    Map<String, Object> properties = new HashMap<>(product);
    properties.put("cart_id", cartId);
    return properties;
  }

  private Map<String, Object> track(String name, String shop, Map<String, Object> properties) {
    return event("track", shop, Map.of("event", name, "properties", properties));
  }

  private Map<String, Object> event(String type, String shop, Map<String, Object> content) {
    Map<String, Object> event = new HashMap<>(content);
    event.put("type", type);
    event.put("anonymousId", anonymousId);
    event.put("messageId", UUID.randomUUID().toString());
    event.put(
        "context",
        Map.of("page", Map.of("url", shop), "locale", "en-GB", "userAgent", "Ripen's demo"));
    return event;
  }
}
