package io.ripen.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

/** One tab that shows the demo shop, and what a person does there. */
final class ShopTab {

  private final Page page;

  private ShopTab(Page page) {
    this.page = page;
  }

  static ShopTab open(BrowserContext person, String address) {
    Page page = person.newPage();
    page.navigate(address);
    page.locator("html[data-ready]").waitFor();
    return new ShopTab(page);
  }

  Page page() {
    return page;
  }

  ShopTab adds(String product) {
    press("add-" + product);
    return this;
  }

  /** Types the address into the checkout's first step, and goes no further than asked. */
  ShopTab leavesAddress(String email, boolean consent) {
    press("open-cart");
    press("checkout");
    page.getByTestId("checkout-email").fill(email);
    page.getByTestId("checkout-name").fill("Žofia Тест");
    if (consent) {
      page.getByTestId("checkout-consent").check();
    }
    press("checkout-continue");
    return this;
  }

  /** Closes the checkout: the products stay in the cart. */
  ShopTab turnsAway() {
    press("close-checkout");
    return this;
  }

  ShopTab placesOrder() {
    press("place-order");
    page.getByTestId("order-confirmation").waitFor();
    return this;
  }

  ShopTab buys() {
    press("open-cart");
    press("checkout");
    press("checkout-continue");
    return placesOrder();
  }

  ShopTab takesOut(String product) {
    press("open-cart");
    page.getByTestId("line-" + product).locator(".remove").click();
    press("close-cart");
    return this;
  }

  private void press(String testId) {
    page.getByTestId(testId).click();
  }
}
