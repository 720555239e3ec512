package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Popups and chats in a real browser. */
@ExtendWith(RipenExtension.class)
class OnSiteIT {

  private final LocalRipen ripen;
  private final Browser browser;

  OnSiteIT(LocalRipen ripen, Browser browser) {
    this.ripen = ripen;
    this.browser = browser;
  }

  @Test
  void a_popup_is_shown_once_and_to_nobody_else() {
    try (Visitor anna = new Visitor(ripen, browser);
        Visitor boris = new Visitor(ripen, browser)) {
      Page first = anna.opensShop().page();
      Page second = anna.opensShop().page();
      Page others = boris.opensShop().page();
      UUID lead = cancelsAnOrder(first);

      soon("the popup in one window")
          .until(() -> popup(first).count() + popup(second).count() == 1);
      Page shown = popup(first).count() == 1 ? first : second;
      shown.bringToFront();
      Browser.screenshots(shown, "popup");
      assertThat(popup(others)).hasCount(0);

      Page answer =
          shown.context().waitForPage(() -> popup(shown).getByText("The price", exactly()).click());
      assertThat(answer.locator("main")).isVisible();
      assertThat(popup(shown)).hasCount(0);
      soon("the popup is known to be seen")
          .until(
              () ->
                  ripen.http().get("/api/leads/%s/why".formatted(lead)).body().contains("opened"));

      shown.reload();
      shown.locator("html[data-ready]").waitFor();
      assertThat(chatButton(shown)).isVisible();
      assertThat(popup(shown)).hasCount(0);
    }
  }

  @Test
  void a_visitor_and_a_person_chat() {
    try (Visitor anna = new Visitor(ripen, browser);
        SalesTab sales = new SalesTab(ripen, browser, "Klara", "sales")) {
      Page shop = anna.opensShop().page();
      chatButton(shop).click();
      String question = "Do you post to Győr? <b>" + UUID.randomUUID() + "</b>";
      shop.getByLabel("Write a message").fill(question);
      shop.keyboard().press("Enter");
      assertThat(line(shop, question)).isVisible();

      Page console = sales.page();
      soon("the chat in the inbox")
          .until(
              () -> {
                sales.open("/sales/chats");
                return console.getByText(question.substring(0, 60)).count() == 1;
              });
      Browser.screenshots(console, "chats");
      console
          .locator("tr", new Page.LocatorOptions().setHasText("Do you post to Győr?"))
          .first()
          .locator("a")
          .click();
      assertThat(console.locator(".chat-visitor p")).hasText(question);
      console.getByLabel("Your answer").fill("We do, on Tuesdays.");
      console.getByRole(AriaRole.BUTTON, named("Send")).click();

      assertThat(line(shop, "We do, on Tuesdays.")).isVisible();
      Browser.screenshots(shop, "chat");
      Browser.screenshots(console, "chat-console");
      assertThat(console.locator(".chat-person small")).containsText(sales.name());

      shop.reload();
      chatButton(shop).click();
      assertThat(line(shop, question)).hasCount(1);
      assertThat(line(shop, "We do, on Tuesdays.")).hasCount(1);
      List<String> events = ripen.database().namesOfEventsWith(question);
      assertThat(events).containsExactly("Chat Message Received");
    }
  }

  /** Buys and takes it back at once, so that a flow asks why. */
  private UUID cancelsAnOrder(Page shop) {
    String order = "O-" + UUID.randomUUID();
    shop.evaluate(
        """
        (order) => {
          ripen.cart.order({ order_id: order, total: 20, currency: 'EUR', products: [{ product_id: 'mug', price: 20, quantity: 1 }] });
          ripen.track('Order Cancelled', { order_id: order });
        }""",
        order);
    String browserId = (String) shop.evaluate("() => ripen.anonymousId()");
    soon("the lead").until(() -> ripen.database().leadOf(browserId) != null);
    return ripen.database().leadOf(browserId);
  }

  private static Locator popup(Page page) {
    return page.locator(".popup", new Page.LocatorOptions().setHasText("Your order is cancelled"));
  }

  private static Locator chatButton(Page page) {
    return page.getByRole(AriaRole.BUTTON, named("Chat with us"));
  }

  private static Locator line(Page page, String text) {
    return page.locator(".lines p").getByText(text, new Locator.GetByTextOptions().setExact(true));
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
