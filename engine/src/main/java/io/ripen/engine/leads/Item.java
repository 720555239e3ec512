package io.ripen.engine.leads;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product in a cart or an order, as the shop describes it.
 *
 * @param productId the shop's id of the product, or its SKU where there is none
 * @param url an absolute http(s) address, or null
 * @param imageUrl an absolute http(s) address, or null
 */
record Item(
    String productId,
    @Nullable String sku,
    @Nullable String name,
    @Nullable String brand,
    @Nullable String variant,
    @Nullable String category,
    BigDecimal price,
    int quantity,
    @Nullable String url,
    @Nullable String imageUrl) {

  boolean isSameProduct(Item other) {
    return productId.equals(other.productId) && Objects.equals(variant, other.variant);
  }

  /** The same product in the same quantity; a new price alone is no change that a person made. */
  boolean isAsMany(Item other) {
    return isSameProduct(other) && quantity == other.quantity;
  }

  BigDecimal total() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }

  Item withQuantity(int quantity) {
    return new Item(productId, sku, name, brand, variant, category, price, quantity, url, imageUrl);
  }
}
