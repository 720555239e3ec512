package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Popups that wait until the visitor is about to leave ({@code When: exit}), from their message to
 * a real browser. How often somebody sees popups at most is the gate's cap: four a day.
 */
@ExtendWith(RipenExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExitPopupsIT {

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;
  private static final int A_LITTLE = 40;

  private static final String AT_ONCE =
      """
      Title: Said at once

      It waits for nothing.
      """;

  private static final String ON_EXIT =
      """
      Title: Before you go: %1$s
      Place: %1$s
      When: exit
      Button: Write to me -> https://shop.example.com/letters
      Button: No, thanks -> https://shop.example.com/

      Once a month we tell what came out of the kiln. It is a short letter, and the first pick of small things is yours.
      """;

  private final Browser browser;
  private final LocalRipen ripen;
  private final OneMessage flows;

  ExitPopupsIT(LocalRipen ripen, Browser browser) {
    this.browser = browser;
    this.ripen = ripen;
    this.flows = new OneMessage(ripen);
  }

  @BeforeAll
  void make() {
    flows.make("at-once", "popup", "marketing", AT_ONCE);
    for (String place : List.of("corner", "center", "bar")) {
      flows.make("exit-" + place, "popup", "marketing", ON_EXIT.formatted(place));
    }
  }

  @AfterAll
  void stop() {
    flows.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"corner", "center", "bar"})
  void it_stands_where_its_message_says_and_only_before_who_is_about_to_leave(String place) {
    try (Visitor anna = new Visitor(ripen, browser)) {
      Page page = withClock(anna.opensShop().page());
      List<String> shown = asksToShow(page);
      String lead = leadOf(page);
      page.mouse().move(600, 300);
      waits("exit-" + place, lead, page);
      flows.send("at-once", lead);
      closes(popup(page, "Said at once"));
      pause(page);
      assertThat(page.locator(".popup")).hasCount(0);

      page.mouse().move(600, HEIGHT + 20);
      page.mouse().move(600, 300);
      page.mouse().move(-5, 300);
      page.mouse().move(600, 300);
      pause(page);
      assertThat(shown).as("by the side and the bottom nobody leaves").hasSize(1);

      page.mouse().move(600, -5);
      Locator popup = popup(page, "Before you go");
      assertThat(popup).isVisible();
      assertThat(popup).hasClass(Pattern.compile("\\b" + place + "\\b"));
      // It rises; where it stands shows when it has come to rest.
      popup.evaluate(
          "async (box) => { await Promise.all(box.getAnimations().map((each) => each.finished)); }");
      standsAt(place, popup.boundingBox());
      Browser.screenshots(page, "popup-exit-" + place);
      closes(popup);

      page.reload();
      page.locator("html[data-ready]").waitFor();
      flows.send("at-once", lead);
      closes(popup(page, "Said at once")); // so the line is open, and whatever waited has come
      pause(page);
      leaves(page);
      pause(page);
      assertThat(page.locator(".popup")).hasCount(0);
      assertThat(shown).as("what was seen is not asked for again").hasSize(3);
    }
  }

  @Test
  void on_a_phone_it_is_a_flick_that_pulls_the_page_down() {
    try (Visitor boris = new Visitor(ripen, browser)) {
      Page page = withClock(boris.opensShop().page());
      page.setViewportSize(390, 844);
      List<String> shown = asksToShow(page);
      String lead = leadOf(page);
      waits("exit-bar", lead, page);
      flows.send("at-once", lead);
      closes(popup(page, "Said at once"));
      pause(page);
      assertThat(page.locator(".popup")).hasCount(0);

      page.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
      pull(page, 100, 700);
      page.evaluate("scrollTo({ top: 600, behavior: 'instant' })");
      pull(page, 700, 100);
      pull(page, 100, 150);
      pause(page);
      assertThat(shown).as("reading on is no leaving").hasSize(1);

      pull(page, 100, 700);
      assertThat(popup(page, "Before you go")).isVisible();
    }
  }

  @Test
  void each_leaving_shows_one_and_the_cap_ends_it() {
    try (Visitor clara = new Visitor(ripen, browser)) {
      Page page = withClock(clara.opensShop().page());
      List<String> shown = asksToShow(page);
      String lead = leadOf(page);
      waits("exit-corner", lead, page);
      waits("exit-center", lead, page);
      for (int i = 0; i < 2; i++) {
        flows.send("at-once", lead);
        closes(popup(page, "Said at once"));
        pause(page);
      }

      leaves(page);
      closes(popup(page, "Before you go: corner"));
      pause(page);
      assertThat(page.locator(".popup")).hasCount(0);
      assertThat(shown).as("one leaving, one popup").hasSize(3);
      leaves(page);
      closes(popup(page, "Before you go: center"));
      pause(page);

      flows.begin("exit-bar", lead).awaitAt("send");
      soon("the gate's word")
          .untilAsserted(
              () ->
                  assertThat(ripen.http().get("/api/leads/%s/why".formatted(lead)).body())
                      .contains("The lead got 4 popups in 24 hours, and more are too many."));
      leaves(page);
      pause(page);
      assertThat(page.locator(".popup")).hasCount(0);
      assertThat(shown).hasSize(4);
    }
  }

  private static void standsAt(String place, BoundingBox box) {
    double right = WIDTH - (box.x + box.width);
    double bottom = HEIGHT - (box.y + box.height);
    switch (place) {
      case "corner" -> {
        assertThat(right).as("from the right").isBetween(0.0, (double) A_LITTLE);
        assertThat(bottom).as("from the bottom").isBetween(0.0, (double) A_LITTLE);
        assertThat(box.width).isLessThan(WIDTH / 2.0);
      }
      case "center" -> {
        assertThat(box.x).as("in the middle").isCloseTo(right, within(2.0));
        assertThat(box.y).as("in the middle").isCloseTo(bottom, within(2.0));
      }
      default -> {
        assertThat(box.width).as("from edge to edge").isGreaterThan(WIDTH - A_LITTLE);
        assertThat(bottom).as("at the bottom").isCloseTo(0, within(1.0));
      }
    }
  }

  /** Begins it, and waits until it is kept for the visitor. */
  private void waits(String flow, String lead, Page page) {
    flows.begin(flow, lead);
    new SiteWindow(ripen, browserOf(page)).awaits(flow, "popup");
  }

  /** What the page asks Ripen for before it shows it: one request for each popup. */
  private static List<String> asksToShow(Page page) {
    List<String> asked = new CopyOnWriteArrayList<>();
    page.onRequest(
        (Request request) -> {
          if (request.url().endsWith("/v1/onsite/shown")) {
            asked.add(request.postData());
          }
        });
    return asked;
  }

  private static void leaves(Page page) {
    page.mouse().move(600, 300);
    page.mouse().move(600, -5);
    page.mouse().move(600, 300);
  }

  private static void pull(Page page, int from, int to) {
    page.evaluate(
        """
        ([from, to]) => {
          const tell = (name, list, clientY) =>
            document.body.dispatchEvent(new TouchEvent(name, {
              bubbles: true, [list]: [new Touch({ identifier: 1, target: document.body, clientY })] }));
          tell('touchstart', 'touches', from);
          tell('touchend', 'changedTouches', to);
        }""",
        List.of(from, to));
  }

  /** Whatever the page was about to do, it has begun. */
  private static void drawn(Page page) {
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  }

  /** With a clock that jumps where {@link #pause} says so. */
  private static Page withClock(Page page) {
    page.clock().install();
    page.reload();
    page.locator("html[data-ready]").waitFor();
    return page;
  }

  /** Between two popups there is one; the page's clock jumps over it. */
  private static void pause(Page page) {
    page.clock().fastForward(5000);
    drawn(page);
  }

  private static void closes(Locator popup) {
    popup.getByLabel("Close").click();
    assertThat(popup).hasCount(0);
  }

  private static Locator popup(Page page, String words) {
    return page.locator(".popup", new Page.LocatorOptions().setHasText(words));
  }

  private static String browserOf(Page page) {
    return (String) page.evaluate("() => ripen.anonymousId()");
  }

  private String leadOf(Page page) {
    String id = browserOf(page);
    return soon("the lead").until(() -> ripen.database().leadOfBrowser(id), lead -> lead != null);
  }
}
