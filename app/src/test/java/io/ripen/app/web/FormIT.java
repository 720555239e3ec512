package io.ripen.app.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.ripen.app.web.FormsHere.Received;
import io.ripen.engine.events.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** Forms in a real Chromium, on a page of another origin and on our own. */
@SpringBootTest(
    classes = FormsHere.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "ripen.public-url=https://ripen.example",
      "ripen.signing-key=0123456789abcdef0123456789abcdef",
      "ripen.bpmn=../bpmn",
      "ripen.sites.shop.write-key=key-1",
      "ripen.sites.shop.origins=*",
      "ripen.tracking.leave-out-bots=false",
      "ripen.contacts.check-domains=false",
      "ripen.forms.quickest=100ms",
      "ripen.forms.per-minute=1000"
    })
@ActiveProfiles("engine")
class FormIT {

  /** What sites do to the elements of their pages. */
  private static final String SITE_STYLE =
      """
      <style>
        * { margin: 0; box-sizing: border-box }
        body { font: 17px/1.6 Georgia, serif; color: #2c2a3a; background: #faf7f2; --ripen-accent: #6a3fb0; --ripen-radius: 14px }
        main { max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
        input, button, label, p { all: unset; color: magenta; display: none }
      </style>""";

  private static final Path PICTURES = Path.of("target", "forms");

  private static Chromium chromium;

  private final List<String> errors = new CopyOnWriteArrayList<>();

  @Autowired private Received received;
  @LocalServerPort private int port;

  private EventsDoor site;
  private BrowserContext visitor;

  @BeforeAll
  static void startChromium() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopChromium() {
    chromium.close();
  }

  @BeforeEach
  void open() throws IOException {
    received.clear();
    site = new EventsDoor();
    visitor = chromium.visitor(390, 844);
  }

  @AfterEach
  void close() {
    visitor.close();
    site.close();
    assertThat(errors).isEmpty();
  }

  @Test
  void a_form_on_a_page_of_another_site_is_filled_in_by_keyboard_alone() {
    site.page(
        "/letters",
        SITE_STYLE + tracker(),
        "<main><a id=before href=#>before</a>%s</main>".formatted(script("newsletter", "")));
    Page page = visit(site.url() + "/letters");
    Locator email = page.getByLabel("Your e-mail address");
    assertThat(email).isVisible();
    picture(page, "newsletter-390");

    page.locator("#before").focus();
    press(page, "Tab", "Tab", "Tab", "Enter");
    assertThat(page.getByText("Please fill this in.")).isVisible();
    assertThat(page.getByText("Please tick this box to go on.")).isVisible();
    assertThat(email).isFocused();
    assertThat(email).hasAttribute("aria-invalid", "true");
    assertThat(email).hasAccessibleDescription("Please fill this in.");
    picture(page, "newsletter-errors-390");

    page.keyboard().type("agi@example.com");
    assertThat(page.getByText("Please fill this in.")).isHidden();
    press(page, "Tab", "Space", "Enter");

    Locator thanks = page.getByText("Almost there!");
    assertThat(thanks).isVisible();
    assertThat(page.locator(".thanks")).isFocused();
    picture(page, "newsletter-thanks-390");
    Event submitted = received.named("Form Submitted").getFirst();
    assertThat(submitted.context().at("/traits/email").asString()).isEqualTo("agi@example.com");
    assertThat(submitted.anonymousId()).isEqualTo(page.evaluate("ripen.anonymousId()"));
    assertThat(submitted.site()).isEqualTo("shop");
    assertThat(submitted.context().at("/page/url").asString()).isEqualTo(site.url() + "/letters");
    assertThat(received.named("Subscription Requested").getFirst().properties().path("wording"))
        .hasToString("\"Yes, send me the newsletter by e-mail. I can unsubscribe at any time.\"");
  }

  @Test
  void a_form_speaks_the_language_of_its_page_and_stands_where_it_is_told() {
    site.page(
        "/hu",
        SITE_STYLE + script("contact", "data-target=\"#here\""),
        "<script>document.documentElement.lang = 'hu-HU'</script><main id=here></main>");
    Page page = visit(site.url() + "/hu");

    assertThat(page.getByLabel("Keresztnév")).isVisible();
    button(page).click();
    assertThat(page.getByText("Kérjük, válasszon egyet.")).isVisible();
    picture(page, "contact-hu-390");
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
  }

  @Test
  void what_only_the_server_knows_is_said_beside_the_field() {
    site.page("/contact", SITE_STYLE, "<main>" + script("contact", "") + "</main>");
    Page page = visit(site.url() + "/contact");
    page.getByLabel("First name").fill("Anna");
    page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).fill("anna@example.com");
    page.getByLabel("Phone").fill("12");
    page.getByLabel("What is it about?").selectOption("order");
    page.getByLabel("Your message").fill("Where is it?");
    button(page).click();

    assertThat(page.getByLabel("Phone")).isFocused();
    assertThat(page.getByLabel("Phone")).hasAttribute("aria-invalid", "true");
    assertThat(page.getByText("This is not a phone number.")).isVisible();
    assertThat(received.named("Form Submitted")).isEmpty();

    page.getByLabel("Phone").fill("+36 1 299 0000");
    button(page).dblclick();
    assertThat(page.getByText("Thank you! We read every message")).isVisible();
    assertThat(received.named("Form Submitted")).hasSize(1);
    assertThat(received.named("Consent Granted")).isEmpty();
  }

  @Test
  void a_form_that_was_begun_and_left_is_told_by_the_names_of_its_fields() {
    site.page("/contact", SITE_STYLE + tracker(), "<main>" + script("contact", "") + "</main>");
    Page page = visit(site.url() + "/contact");
    page.waitForFunction("window.ripen && ripen.version");
    page.getByLabel("First name").fill("Anna");
    page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).fill("anna@example.com");
    page.navigate(site.url() + "/away");

    TrackedSite.soon().until(() -> site.tracked("Form Abandoned").size() == 1);
    assertThat(site.tracked("Form Abandoned").getFirst().path("properties"))
        .hasToString("{\"form\":\"contact\",\"lastField\":\"email\",\"filled\":2}");
    assertThat(site.tracked("Form Started"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.path("properties")).hasToString("{\"form\":\"contact\"}"));
    assertThat(site.all().toString()).doesNotContain("Anna", "anna@example.com");
  }

  @Test
  void a_form_of_ours_begins_no_registration_whatever_it_is_called() {
    visitor.route(
        "**/forms/registration.js",
        route -> {
          APIResponse ours =
              route.fetch(
                  new Route.FetchOptions()
                      .setUrl("http://localhost:%d/forms/newsletter.js".formatted(port)));
          route.fulfill(
              new Route.FulfillOptions()
                  .setResponse(ours)
                  .setBody(
                      ours.text().replace("\"name\":\"newsletter\"", "\"name\":\"registration\"")));
        });
    site.page("/join", SITE_STYLE + tracker(), "<main>" + script("registration", "") + "</main>");
    Page page = visit(site.url() + "/join");
    page.waitForFunction("window.ripen && ripen.version");
    page.getByLabel("Your e-mail address").fill("agi@example.com");
    page.evaluate("ripen.track('Later')");

    TrackedSite.soon().until(() -> site.tracked("Later").size() == 1);
    assertThat(site.tracked("Form Started"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.path("properties")).hasToString("{\"form\":\"registration\"}"));
    assertThat(site.tracked("Registration Started")).isEmpty();
  }

  @Test
  void a_form_that_was_sent_is_not_left() {
    // It leaves with all that the tracker tells of the page's end.
    visitor.addInitScript(
        "addEventListener('pagehide', () => window.ripen && ripen.track('Went'), true)");
    site.page("/letters", SITE_STYLE + tracker(), "<main>" + script("newsletter", "") + "</main>");
    Page page = visit(site.url() + "/letters");
    page.waitForFunction("window.ripen && ripen.version");
    page.getByLabel("Your e-mail address").fill("agi@example.com");
    page.getByLabel("Yes, send me").check();
    button(page).click();
    assertThat(page.getByText("Almost there!")).isVisible();
    page.navigate(site.url() + "/away");

    TrackedSite.soon().until(() -> site.tracked("Went").size() == 1);
    assertThat(site.tracked("Form Started")).hasSize(1);
    assertThat(site.tracked("Form Abandoned")).isEmpty();
    assertThat(site.tracked("Form Submitted")).as("the server tells it").isEmpty();
  }

  @Test
  void an_engine_that_is_away_costs_nobody_what_they_typed() {
    site.page("/letters", SITE_STYLE, "<main>" + script("newsletter", "") + "</main>");
    Page page = visit(site.url() + "/letters");
    visitor.route("**/forms/**", route -> route.abort());
    page.getByLabel("Your e-mail address").fill("agi@example.com");
    page.getByLabel("Yes, send me").check();
    button(page).click();
    assertThat(page.getByText("This could not be sent.")).isVisible();

    visitor.unroute("**/forms/**");
    button(page).click();
    assertThat(page.getByText("Almost there!")).isVisible();
  }

  @Test
  void the_page_of_its_own_needs_no_script() {
    visitor.close();
    visitor = chromium.visitorWithoutScripts(1280, 900);
    Page page = visit("http://localhost:" + port + "/forms/contact?lang=en");
    picture(page, "hosted-contact-1280");
    page.getByLabel("First name").fill("Anna");
    page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).fill("anna@example.com");
    page.getByLabel("Phone").fill("12");
    page.getByLabel("What is it about?").selectOption("order");
    page.getByLabel("Your message").fill("Where is it?");
    button(page).click();

    assertThat(page.getByText("This is not a phone number.")).isVisible();
    assertThat(page.getByLabel("Your message")).hasValue("Where is it?");
    picture(page, "hosted-contact-errors-1280");
    page.getByLabel("Phone").fill("");
    button(page).click();
    assertThat(page.getByText("Thank you!")).isVisible();
    picture(page, "hosted-thanks-1280");
    assertThat(received.named("Form Submitted")).hasSize(1);
  }

  private static Locator button(Page page) {
    return page.getByRole(AriaRole.BUTTON);
  }

  private static void press(Page page, String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private String tracker() {
    return "<script async src=\"%s/ripen.js\" data-write-key=key-1></script>".formatted(site.url());
  }

  private String script(String form, String options) {
    return "<script async src=\"http://localhost:%d/forms/%s.js\" %s></script>"
        .formatted(port, form, options);
  }

  private Page visit(String url) {
    Page page = visitor.newPage();
    page.onPageError(errors::add);
    page.navigate(url);
    return page;
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
  }
}
