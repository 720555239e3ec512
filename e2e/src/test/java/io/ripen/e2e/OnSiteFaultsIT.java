package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The line between a visitor's window and Ripen breaks in each way that it can: cut, swallowed
 * without a word, the engine killed. What both said meanwhile stands there afterwards, once.
 */
@ExtendWith({DeploymentExtension.class, RipenExtension.class})
class OnSiteFaultsIT {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String SITE =
      """
      <!doctype html><html lang="en"><title>Kettles</title><h1>Kettles</h1>
      <script src="/ripen.js" data-write-key="%1$s"></script>
      <script src="/ripen-onsite.js" data-write-key="%1$s"></script></html>
      """
          .formatted(Http.WRITE_KEY);

  private final Deployment ripen;
  private final BrowserContext anna;
  private final Wire wire;
  private final String site;

  private Page page;
  private String lead;

  OnSiteFaultsIT(Deployment ripen, Browser browser) {
    this.ripen = ripen;
    this.anna = browser.person();
    this.wire = new Wire(ripen.port());
    this.site = "http://localhost:%d/kettles".formatted(wire.port());
  }

  @BeforeEach
  void anna_and_Klara_chat() {
    assertThat(
            ripen.http().post("/sales/me", FORM, "name=Klara&team=sales&then=/sales").statusCode())
        .isEqualTo(302);
    anna.route(
        site,
        route ->
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(SITE)));
    page = anna.newPage();
    page.navigate(site);
    String browser = (String) page.evaluate("() => ripen.anonymousId()");
    lead = soon("the lead").until(() -> ripen.database().leadOfBrowser(browser), id -> id != null);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Chat with us")).click();
    says("Do you have kettles? " + lead);
    soon("her question in the console")
        .until(() -> eventsWith("Do you have kettles? " + lead).size() == 1);
    answers("We do.");
    standsOnce("We do.");
  }

  @AfterEach
  void close() {
    anna.close();
    wire.close();
  }

  @Test
  void a_line_that_is_dead_without_a_word_is_given_up_and_nothing_is_lost() {
    wire.swallow();
    answers("Blue ones, too.");
    says("And blue ones? " + lead);
    assertThat(line("Blue ones, too.")).hasCount(0);
    wire.mend();

    bothStandThereOnce("Blue ones, too.", "And blue ones? " + lead);
  }

  @Test
  void a_line_that_is_cut_comes_back_and_nothing_is_lost() {
    wire.cut();
    answers("Blue ones, too.");
    says("And blue ones? " + lead);
    assertThat(page.locator(".lines li.failed")).hasCount(1);
    assertThat(line("Blue ones, too.")).hasCount(0);
    wire.mend();

    bothStandThereOnce("Blue ones, too.", "And blue ones? " + lead);
    assertThat(page.locator(".lines li.failed")).hasCount(0);
  }

  @Test
  void an_engine_that_is_killed_and_started_again_loses_nothing() {
    ripen.killEngine();
    says("And blue ones? " + lead);
    assertThat(page.locator(".lines li.failed")).hasCount(1);
    ripen.startEngine();
    answers("Blue ones, too.");

    bothStandThereOnce("Blue ones, too.", "And blue ones? " + lead);
  }

  @Test
  void a_popup_whose_answer_was_lost_is_shown_when_ripen_is_back() {
    AtomicInteger lost = new AtomicInteger();
    anna.route(
        "**/v1/onsite/shown",
        route -> {
          route.fetch();
          route.abort();
          lost.incrementAndGet();
        });
    page.locator(".chat").getByLabel("Close").click();
    cancelsAnOrder();
    soon("all tries in vain")
        .until(
            () -> {
              page.evaluate("1");
              return lost.get() == 3;
            });
    Locator popup =
        page.locator(".popup", new Page.LocatorOptions().setHasText("Your order is cancelled"));
    assertThat(popup).hasCount(0);
    anna.unroute("**/v1/onsite/shown");

    wire.cut();
    wire.mend();
    assertThat(popup).isVisible();
    assertThat(popup).hasCount(1);
  }

  private void bothStandThereOnce(String answer, String said) {
    standsOnce(answer);
    soon("what she said").until(() -> eventsWith(said).size() == 1);
    standsOnce(said);
    page.reload();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Chat with us")).click();
    standsOnce(said);
    standsOnce(answer);
    // The next one comes after all that might have come twice.
    answers("Anything else?");
    standsOnce("Anything else?");
    standsOnce(said);
    standsOnce(answer);
    assertThat(eventsWith(said)).containsExactly("Chat Message Received");
  }

  private List<String> eventsWith(String text) {
    return ripen.database().namesOfEventsWith(text);
  }

  private void says(String text) {
    page.getByLabel("Write a message").fill(text);
    page.keyboard().press("Enter");
    standsOnce(text);
  }

  /** By the console, whose way to the engine is another one. */
  private void answers(String text) {
    assertThat(
            ripen
                .http()
                .post(
                    "/sales/chats/" + lead,
                    FORM,
                    "id=%s&text=%s".formatted(UUID.randomUUID(), text.replace(" ", "+")),
                    Map.of("Cookie", "ripen-salesperson=Klara"))
                .statusCode())
        .isEqualTo(302);
  }

  private void cancelsAnOrder() {
    page.evaluate(
        """
        (order) => {
          ripen.track('Order Completed', { order_id: order, total: 20, currency: 'EUR' });
          ripen.track('Order Cancelled', { order_id: order });
        }""",
        "O-" + lead);
  }

  private void standsOnce(String text) {
    assertThat(line(text)).hasCount(1);
  }

  private Locator line(String text) {
    return page.locator(".lines p").getByText(text, new Locator.GetByTextOptions().setExact(true));
  }
}
