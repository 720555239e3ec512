package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notifications in a real browser, whose subscription is played ({@link NotifiedBrowser}). */
@ExtendWith(RipenExtension.class)
class NotificationsIT {

  private static final Duration DAY = Duration.ofDays(1).plusSeconds(5);

  private final LocalRipen ripen;
  private final Browser browser;
  private final NotifiedBrowser notified = new NotifiedBrowser();

  NotificationsIT(LocalRipen ripen, Browser browser) {
    this.ripen = ripen;
    this.browser = browser;
  }

  @Test
  void who_asked_for_it_is_reminded_by_a_notification_whose_click_is_counted() {
    try (Visitor anna = new Visitor(ripen, browser)) {
      notified.prepare(anna.context(), ripen.http().uri("/"));
      ShopTab shop = anna.opensShop();
      Page page = shop.page();
      shop.adds("moon-vase").leavesAddress(anna.email(), true).turnsAway();
      assertThat(button(page)).isVisible();
      assertThat(page.evaluate("() => navigator.serviceWorker.getRegistrations()").toString())
          .as("nothing happens before the click")
          .isEqualTo("[]");
      page.locator("#letters").scrollIntoViewIfNeeded();
      Browser.screenshots(page, "push-shop");

      button(page).click();
      assertThat(off(page)).isVisible();
      assertThat(button(page)).isHidden();
      // For e-mail, and for notifications.
      anna.awaitCounting(1, 1, 2);
      String lead = ripen.database().leadWith(anna.email());

      long reminded = ripen.database().completedAt("serviceTask_sendReminder");
      ripen.advance(HOUR);
      anna.awaitMails(1);
      soon("the wait for a day")
          .until(() -> ripen.database().completedAt("serviceTask_sendReminder") > reminded);
      ripen.advance(DAY);
      soon("the message").until(() -> !notified.received().isEmpty());

      Map<String, Object> shown = notified.shows(page, notified.received().getFirst());
      assertThat(shown).containsEntry("title", "Your cart is still here");
      assertThat(shown.get("body").toString()).contains("as you left it");
      @SuppressWarnings("unchecked")
      Map<String, Object> data = (Map<String, Object>) shown.get("data");
      String link = String.valueOf(data.get("url"));
      assertThat(link).contains("/r/");
      awaitWord(lead, "delivered");

      assertThat(page.navigate(link).url()).contains("utm_medium=push");
      awaitWord(lead, "clicked");
    }
  }

  @Test
  void who_wants_no_more_is_asked_nothing_for_a_while() {
    try (Visitor boris = new Visitor(ripen, browser)) {
      notified.prepare(boris.context(), ripen.http().uri("/"));
      Page page = boris.opensShop().page();
      button(page).click();
      assertThat(off(page)).isVisible();
      page.reload();
      assertThat(off(page)).isVisible();

      off(page).click();
      assertThat(off(page)).isHidden();
      assertThat(button(page)).isHidden();
      page.reload();
      page.waitForFunction("() => window.ripenPush && ripenPush.state() === 'quiet'");
      assertThat(button(page)).isHidden();

      String id = (String) page.evaluate("() => ripen.anonymousId()");
      soon("yes and no in the story")
          .untilAsserted(
              () ->
                  assertThat(ripen.http().get("/leads/" + ripen.database().leadOf(id)).body())
                      .contains("No more notifications"));
    }
  }

  @Test
  void a_browser_that_forbids_it_is_not_asked() {
    try (Visitor carla = new Visitor(ripen, browser)) {
      carla
          .context()
          .addInitScript("Object.defineProperty(Notification, 'permission', { value: 'denied' })");
      Page page = carla.opensShop().page();
      page.waitForFunction("() => window.ripenPush && ripenPush.state() === 'denied'");
      assertThat(button(page)).isHidden();
      assertThat(off(page)).isHidden();
    }
  }

  @Test
  void who_waves_the_question_away_is_left_alone() {
    try (Visitor dora = new Visitor(ripen, browser)) {
      dora.context()
          .addInitScript(
              "window.asked = 0; Notification.requestPermission = async () => { asked++; return 'default'; }");
      Page page = dora.opensShop().page();
      assertThat(button(page)).isVisible();
      assertThat(page.evaluate("() => asked")).as("before the click").isEqualTo(0);
      button(page).click();
      assertThat(button(page)).isHidden();
      assertThat(page.evaluate("() => asked")).isEqualTo(1);
      page.reload();
      page.waitForFunction("() => window.ripenPush && ripenPush.state() === 'quiet'");
      assertThat(button(page)).isHidden();
    }
  }

  private void awaitWord(String lead, String word) {
    soon("that it was " + word)
        .until(
            () -> {
              JsonNode why =
                  JsonMapper.shared()
                      .readTree(ripen.http().get("/api/leads/%s/why".formatted(lead)).body());
              return why.toString().contains("\"push\"") && why.toString().contains(word);
            });
  }

  private static Locator button(Page page) {
    return page.getByTestId("push");
  }

  private static Locator off(Page page) {
    return page.getByTestId("push-off");
  }
}
