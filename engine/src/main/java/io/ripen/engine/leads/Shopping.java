package io.ripen.engine.leads;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads carts, products and orders as the Segment e-commerce spec writes them. */
final class Shopping {

  private static final int MOST_ITEMS = 200;
  private static final int MOST_OF_ONE = 1_000_000;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_URL = 2_000;
  private static final BigDecimal HIGHEST_PRICE = new BigDecimal("1e15");

  private Shopping() {}

  /** The one product of {@code Product Added} and its like; null where it has no id. */
  static @Nullable Item item(ObjectNode properties) {
    String productId = firstText(properties, "product_id", "productId", "id", "sku");
    if (productId == null) {
      return null;
    }
    Integer quantity = quantity(properties);
    return new Item(
        productId,
        firstText(properties, "sku"),
        firstText(properties, "name", "title"),
        firstText(properties, "brand"),
        firstText(properties, "variant"),
        firstText(properties, "category"),
        number(properties, "price"),
        quantity == null ? 1 : quantity,
        url(properties, "url"),
        url(properties, "image_url", "imageUrl"));
  }

  /** The products of {@code Cart Viewed} and its like; null where the event tells none. */
  static @Nullable List<Item> items(ObjectNode properties) {
    JsonNode products = properties.get("products");
    if (products == null || !products.isArray()) {
      return null;
    }
    List<Item> items = new ArrayList<>();
    for (JsonNode product : products) {
      Item item = product instanceof ObjectNode object ? item(object) : null;
      if (item != null && items.size() < MOST_ITEMS) {
        items.add(item);
      }
    }
    return List.copyOf(items);
  }

  static @Nullable Integer quantity(ObjectNode properties) {
    JsonNode quantity = properties.get("quantity");
    if (quantity == null || quantity.isNull()) {
      return null;
    }
    return (int) Math.clamp(number(properties, "quantity").doubleValue(), 1, MOST_OF_ONE);
  }

  static BigDecimal number(ObjectNode properties, String... names) {
    for (String name : names) {
      JsonNode value = properties.get(name);
      if (value != null && (value.isNumber() || value.isString())) {
        try {
          BigDecimal number = new BigDecimal(value.asString().strip());
          if (number.abs().compareTo(HIGHEST_PRICE) < 0 && Math.abs(number.scale()) < 20) {
            return number;
          }
        } catch (NumberFormatException e) {
          // No number: as if it were not there.
        }
      }
    }
    return BigDecimal.ZERO;
  }

  static @Nullable String firstText(ObjectNode properties, String... names) {
    for (String name : names) {
      JsonNode value = properties.get(name);
      if (value != null && (value.isString() || value.isNumber())) {
        String text = value.asString().strip();
        if (!text.isEmpty()) {
          return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        }
      }
    }
    return null;
  }

  /** The currency of the cart or order, or of its products. */
  static @Nullable String currency(ObjectNode properties) {
    String currency = firstText(properties, "currency");
    if (currency == null && properties.path("products").path(0) instanceof ObjectNode product) {
      return firstText(product, "currency");
    }
    return currency;
  }

  /** An absolute http(s) address; whatever else somebody sends does not get into an e-mail. */
  static @Nullable String url(ObjectNode properties, String... names) {
    for (String name : names) {
      JsonNode value = properties.get(name);
      if (value != null && value.isString() && value.asString().length() <= LONGEST_URL) {
        try {
          URI uri = new URI(value.asString().strip());
          if (uri.getHost() != null
              && ("https".equalsIgnoreCase(uri.getScheme())
                  || "http".equalsIgnoreCase(uri.getScheme()))) {
            return uri.toString();
          }
        } catch (URISyntaxException e) {
          // No address: as if it were not there.
        }
      }
    }
    return null;
  }
}
