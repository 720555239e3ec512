package io.ripen.engine.leads;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an order tells of the cart that was bought (ADR 1).
 *
 * @param cartId the shop's own id of the cart, or nothing
 */
record Purchase(String site, String cartId, List<Item> items, Instant at) {

  /**
   * The lead's open cart that was bought: of the order's site the one that it names, or shares most
   * products with, or the newest. A shop's server may report orders under another site than its
   * pages, so where that site has none, a cart of any site that is named or shares a product.
   */
  Optional<CartState> cart(LeadState lead) {
    return best(lead, this::isOfSite).or(() -> best(lead, this::isMeant));
  }

  /**
   * The same for a cart that only turns out later to be the same person's: the newest of the site
   * is bought only where the order tells nothing of what is in it.
   */
  Optional<CartState> cartThatCameLater(LeadState lead) {
    return best(lead, cart -> isMeant(cart) || (isOfSite(cart) && items.isEmpty()));
  }

  private Optional<CartState> best(LeadState lead, Predicate<CartState> which) {
    return lead.carts.stream()
        .filter(cart -> cart.isOpen() && !cart.openedAt.isAfter(at))
        .filter(cart -> cartId.isEmpty() || cart.shopId.isEmpty() || cart.shopId.equals(cartId))
        .filter(which)
        .max(
            Comparator.comparing(this::isOfSite)
                .thenComparing(this::isNamed)
                .thenComparingLong(cart -> cart.sharedWith(items))
                .thenComparing(cart -> cart.updatedAt));
  }

  private boolean isOfSite(CartState cart) {
    return cart.site.equals(site);
  }

  private boolean isNamed(CartState cart) {
    return !cartId.isEmpty() && cart.shopId.equals(cartId);
  }

  private boolean isMeant(CartState cart) {
    return isNamed(cart) || cart.sharedWith(items) > 0;
  }
}
