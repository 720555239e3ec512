package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
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
  void a_popup_with_a_form_subscribes_the_visitor_whom_it_is_shown_to() {
    try (Visitor anna = new Visitor(ripen, browser);
        Visitor boris = new Visitor(ripen, browser)) {
      Page shop = anna.opensShop().page();
      UUID lead = leadOf(shop);
      ripen.advance(Duration.ofHours(1).plusSeconds(5));
      Page others = boris.opensShop().page();
      shop.reload();
      Locator popup = popup(shop, "Good to see you again");
      assertThat(popup).isVisible();
      assertThat(popup.getByRole(AriaRole.HEADING)).hasCount(1);
      Browser.screenshots(shop, "popup-form");
      assertThat(popup(others, "Good to see you again")).hasCount(0);

      popup.getByLabel("Your e-mail address").focus();
      press(shop, "Enter");
      assertThat(popup.getByText("Please fill this in.")).isVisible();
      Browser.screenshots(shop, "popup-form-errors");
      shop.keyboard().type(anna.email());
      press(shop, "Tab", "Space", "Enter");
      Locator thanks = shop.locator(".popup .thanks");
      assertThat(thanks).containsText("Almost there!");
      assertThat(thanks).isFocused();
      Browser.screenshots(shop, "popup-form-thanks");
      assertThat(shop.locator(".popup")).hasCount(0);

      Mail mail =
          soon("the mail that asks to confirm")
              .until(() -> ripen.mailsTo(anna.email()), mails -> !mails.isEmpty())
              .getFirst();
      assertThat(ripen.database().leadWith(anna.email())).isEqualTo(lead.toString());
      assertThat(ripen.database().agreesToEmail(lead, "newsletter")).isFalse();
      soon("the popup counts as clicked")
          .until(
              () ->
                  ripen.http().get("/api/leads/%s/why".formatted(lead)).body().contains("clicked"));
      String confirm =
          mail.links().stream()
              .filter(link -> link.contains("/confirm/"))
              .findFirst()
              .orElseThrow();
      assertThat(ripen.http().submit(confirm).statusCode()).isEqualTo(200);
      soon("the consent").until(() -> ripen.database().agreesToEmail(lead, "newsletter"));
    }
  }

  @Test
  void a_popup_in_the_middle_keeps_the_keyboard_and_runs_nothing_that_a_page_says() {
    try (Visitor anna = new Visitor(ripen, browser)) {
      Page shop = anna.opensShop().page();
      Locator before = shop.locator("a[href='#letters']").first();
      before.focus();
      shop.evaluate(
          """
          () => {
            document.title = '<img src=x onerror="window.hacked = true"> Of tea';
            ripen.track('Page Read', { path: '/of-tea' });
          }""");
      Locator popup = popup(shop, "Would you like to try it?");
      assertThat(popup).isFocused();
      assertThat(popup).containsText("<img src=x onerror=\"window.hacked = true\"> Of tea");
      assertThat(popup.locator("img")).hasCount(0);
      assertThat(shop.evaluate("() => window.hacked")).isNull();
      Browser.screenshots(shop, "popup-trial");

      Locator first = popup.getByLabel("First name");
      press(shop, "Tab");
      assertThat(first).isFocused();
      press(shop, "Shift+Tab");
      assertThat(popup.getByRole(AriaRole.BUTTON, inPopup("Close"))).isFocused();
      press(shop, "Shift+Tab");
      assertThat(popup.getByText("Not now", exactly())).isFocused();
      press(shop, "Tab", "Tab");
      assertThat(first).isFocused();
      shop.keyboard().type("Anna");
      shop.locator(".shade").click(new Locator.ClickOptions().setPosition(5, 5));
      assertThat(first).hasValue("Anna");
      press(shop, "Escape");
      assertThat(shop.locator(".popup")).hasCount(0);
      assertThat(before).isFocused();
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

  @Test
  void who_writes_and_cannot_be_reached_is_asked_once_for_an_address() {
    try (Visitor anna = new Visitor(ripen, browser)) {
      Page shop = anna.opensShop().page();
      UUID lead = leadOf(shop);
      chatButton(shop).click();
      Locator email = shop.getByLabel("Your e-mail, so that we can answer you if you leave");
      assertThat(email).hasCount(0);
      writes(shop, "Is the red one coming back?");
      assertThat(email).isVisible();
      assertThat(shop.getByLabel("Write a message")).isFocused();
      assertThat(email)
          .hasAccessibleDescription("Only to answer you: no newsletter, no advertising.");
      Browser.screenshots(shop, "chat-contact");

      press(shop, "Shift+Tab", "Shift+Tab", "Shift+Tab");
      assertThat(email).isFocused();
      shop.keyboard().type("anna at home");
      press(shop, "Enter");
      assertThat(email).isFocused();
      assertThat(email).hasAttribute("aria-invalid", "true");
      assertThat(email)
          .hasAccessibleDescription(
              "Only to answer you: no newsletter, no advertising."
                  + " Please look at the address once more.");
      Browser.screenshots(shop, "chat-contact-wrong");
      email.fill(anna.email());
      press(shop, "Enter");
      assertThat(shop.getByText("Thank you. If you leave, we will answer by e-mail.")).isVisible();
      assertThat(shop.getByLabel("Write a message")).isFocused();
      Browser.screenshots(shop, "chat-contact-thanks");

      soon("the stage").until(() -> ripen.database().stageOf(lead.toString()).equals("LEAD"));
      assertThat(ripen.database().leadWith(anna.email())).isEqualTo(lead.toString());
      assertThat(ripen.database().agreesToEmail(lead, "marketing")).isFalse();
      assertThat(ripen.database().agreesToEmail(lead, "newsletter")).isFalse();
      shop.reload();
      chatButton(shop).click();
      writes(shop, "And the blue one?");
      assertThat(line(shop, "And the blue one?")).isVisible();
      assertThat(email).hasCount(0);
    }
  }

  @Test
  void who_types_an_address_of_somebody_else_gets_nothing_of_theirs() {
    try (Visitor anna = new Visitor(ripen, browser);
        Visitor stranger = new Visitor(ripen, browser)) {
      Page annas = anna.opensShop().page();
      UUID lead = leadOf(annas);
      annas.evaluate("(email) => ripen.identify({ email })", anna.email());
      soon("anna").until(() -> ripen.database().stageOf(lead.toString()).equals("LEAD"));
      chatButton(annas).click();
      writes(annas, "My order number is 4711.");

      Page strangers = stranger.opensShop().page();
      UUID other = leadOf(strangers);
      chatButton(strangers).click();
      writes(strangers, "I am Anna.");
      Locator email = strangers.getByLabel("Your e-mail, so that we can answer you if you leave");
      email.fill(anna.email());
      press(strangers, "Enter");
      soon("the stranger's own stage")
          .until(() -> ripen.database().stageOf(other.toString()).equals("LEAD"));

      strangers.reload();
      chatButton(strangers).click();
      assertThat(line(strangers, "I am Anna.")).isVisible();
      assertThat(line(strangers, "My order number is 4711.")).hasCount(0);
      assertThat(leadOf(strangers)).isEqualTo(other).isNotEqualTo(lead);
      assertThat(leadOf(annas)).isEqualTo(lead);
    }
  }

  private static void writes(Page page, String text) {
    page.getByLabel("Write a message").fill(text);
    page.keyboard().press("Enter");
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
    return leadOf(shop);
  }

  private UUID leadOf(Page shop) {
    String browserId = (String) shop.evaluate("() => ripen.anonymousId()");
    soon("the lead").until(() -> ripen.database().leadOf(browserId) != null);
    return ripen.database().leadOf(browserId);
  }

  private static Locator popup(Page page) {
    return popup(page, "Your order is cancelled");
  }

  private static Locator popup(Page page, String words) {
    return page.locator(".popup", new Page.LocatorOptions().setHasText(words));
  }

  private static void press(Page page, String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private static Locator.GetByRoleOptions inPopup(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
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
