package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.DAY;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person, a browser, the demo shop, a mailbox: the whole way there and back. */
@ExtendWith(RipenExtension.class)
class AbandonedCartIT {

  private static final Duration FORTY_MINUTES = Duration.ofMinutes(40);

  private final Ripen ripen;
  private final Browser browser;
  private final Visitor visitor;

  AbandonedCartIT(Ripen ripen, Browser browser) {
    this.ripen = ripen;
    this.browser = browser;
    this.visitor = new Visitor(ripen, browser);
  }

  @AfterEach
  void visitor_leaves() {
    visitor.close();
  }

  @Test
  void cart_left_behind_brings_a_reminder_whose_link_leads_back_and_a_last_one_a_day_later() {
    ShopTab shop = visitor.opensShop();
    Browser.screenshots(shop.page(), "shop");
    shop.adds("juniper-mug").adds("harsfa-linden-tea");
    shop.leavesAddress(visitor.email(), true).turnsAway();
    visitor.awaitCounting(1, 2);
    assertThat(visitor.mails()).isEmpty();

    ripen.advance(HOUR);
    Mail reminder = visitor.awaitMails(1).getFirst();
    assertThatItIsTheReminder(reminder);
    Page clicked = visitor.page(reminder.link("Go back to my cart"));
    assertThat(clicked.getByTestId("line-juniper-mug")).isVisible();
    assertThat(clicked.getByTestId("line-harsfa-linden-tea")).isVisible();
    visitor.awaitOnTimeline("Clicked a link in an e-mail");

    ripen.advance(DAY);
    Mail last = visitor.awaitMails(2).getLast();
    assertThat(last.subject()).isNotBlank().isNotEqualTo(reminder.subject());
    assertThat(last.header("Message-ID")).isNotEqualTo(reminder.header("Message-ID"));
    Browser.screenshots(visitor.page(visitor.leadPage()), "lead");
    Browser.screenshots(visitor.page("/leads"), "leads");
    Browser.screenshots(visitor.page("/mailbox"), "mailbox");
  }

  private void assertThatItIsTheReminder(Mail mail) {
    assertThat(mail.subject()).contains("in your cart");
    assertThat(mail.html().text())
        .contains("Juniper Mug", "€24.00", "Hársfa Linden Tea", "€11.90", "€35.90");
    assertThat(mail.text()).contains("Juniper Mug", "€24.00", "Hársfa Linden Tea", "€35.90");
    assertThat(mail.html().select("img").eachAttr("src"))
        .contains(ripen.http().uri("/shop/img/juniper-mug.png").toString());
    assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    assertThat(mail.header("List-Unsubscribe")).contains("<" + ripen.http().uri("/unsubscribe/"));
    assertThat(mail.header("Message-ID")).matches("<[^@>]+@[^>]+>");
    assertThat(mail.link("Go back to my cart")).startsWith(ripen.http().uri("/r/").toString());
  }

  @Test
  void change_of_the_cart_within_the_hour_starts_the_hour_anew() {
    try (Visitor other = new Visitor(ripen, browser)) {
      ShopTab shop = abandonsCart(visitor);
      abandonsCart(other);

      ripen.advance(FORTY_MINUTES);
      long again = ripen.database().completedAt("catchEvent_cartUpdatedAgain");
      shop.adds("honey-pot");
      soon("the hour that starts anew")
          .until(() -> ripen.database().completedAt("catchEvent_cartUpdatedAgain") == again + 1);
      ripen.advance(FORTY_MINUTES);
      other.awaitMails(1);
      assertThat(visitor.mails()).as("40 minutes after the change").isEmpty();

      ripen.advance(FORTY_MINUTES);
      assertThat(visitor.awaitMails(1)).singleElement();
      assertThat(visitor.mails().getFirst().html().text()).contains("Moon Vase", "Honey Pot");
    }
  }

  @Test
  void flow_page_shows_how_many_stand_where() {
    abandonsCart(visitor);
    Page flow = visitor.page("/flows/abandoned-cart");
    assertThat(flow.locator("#diagram .djs-container")).isVisible();
    assertThat(flow.locator("#diagram .count-active").first()).isVisible();
    Browser.screenshots(flow, "flow");
  }

  private static ShopTab abandonsCart(Visitor visitor) {
    ShopTab shop = visitor.opensShop().adds("moon-vase");
    shop.leavesAddress(visitor.email(), true).turnsAway();
    visitor.awaitCounting(1, 1);
    return shop;
  }
}
