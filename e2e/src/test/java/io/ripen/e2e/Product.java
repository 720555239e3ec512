package io.ripen.e2e;

import java.math.BigDecimal;
import java.util.Map;

/** Something to put into a cart. */
record Product(String id, String name, BigDecimal price) {

  static final Product KETTLE =
      new Product("kettle-1", "Gooseneck Kettle 0.9 l", new BigDecimal("79.00"));
  static final Product LAMP = new Product("lamp-1", "Лампа «Étoile» 🌟", new BigDecimal("120.50"));

  String url() {
    return "https://shop.example/p/" + id;
  }

  /** As the Segment spec has it. */
  Map<String, Object> properties(int quantity) {
    return Map.of(
        "product_id",
        id,
        "sku",
        id.toUpperCase(),
        "name",
        name,
        "price",
        price,
        "quantity",
        quantity,
        "currency",
        "EUR",
        "url",
        url(),
        "image_url",
        "https://shop.example/i/" + id + ".jpg");
  }
}
