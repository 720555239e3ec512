package io.ripen.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What the tracker sees by itself: reading, leaving, marks, forms, campaigns; and whom it spares.
 */
class TrackerEventsIT extends TrackedSite {

  private static final String GPC =
      "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})";

  @Test
  void tells_how_long_a_page_was_seen_and_not_how_long_it_was_open() {
    visitor.clock().install();
    Page page = visit("/");
    page.clock().fastForward(20_000);
    show(page, "hidden");
    page.clock().fastForward(600_000);
    show(page, "visible");
    page.clock().fastForward(5_000);
    page.navigate(site.url() + "/away");

    JsonNode dwelled = tracked(1, "Page Dwelled").getFirst();
    assertThat(dwelled.at("/properties/seconds").asInt()).isBetween(25, 300);
    assertThat(dwelled.at("/context/page/path").asString()).isEqualTo("/");
  }

  @Test
  void a_glance_is_no_stay() {
    visitor.addInitScript("performance.now = () => 0");
    Page page = visit("/");
    leave(page, -1);
    page.evaluate("ripen.track('Last words')");
    page.navigate(site.url() + "/away");

    tracked(1, "Last words");
    assertThat(door.tracked("Page Dwelled")).isEmpty();
    assertThat(door.tracked("Exit Intended")).isEmpty();
  }

  @Test
  void tells_once_that_an_article_was_read_to_its_end() {
    visitor.clock().install();
    site.page(
        "/article",
        tracker(""),
        "<main><p data-ripen-article style='height: 4000px'>words</p>"
            + "<p style='height: 4000px'>comments</p></main>");
    Page page = visit("/article");
    page.clock().runFor(30_000);
    nothingYet(page, "Page Read");
    page.evaluate("scrollTo(0, 3600)");
    page.clock().runFor(5_000);
    page.evaluate("scrollTo(0, 7000)");
    page.clock().runFor(5_000);
    page.evaluate("ripen.track('Later')");

    tracked(1, "Later");
    assertThat(tracked(1, "Page Read").getFirst().at("/properties/seconds").asInt())
        .isGreaterThanOrEqualTo(30);
  }

  @Test
  void a_page_that_fits_the_window_is_read_when_there_was_time_to_read_it() {
    visitor.clock().install();
    site.page("/short", tracker(""), "<main>" + "word ".repeat(600) + "</main>");
    Page page = visit("/short");
    page.clock().runFor(20_000);
    nothingYet(page, "Page Read");
    page.clock().runFor(300_000);

    tracked(1, "Page Read");
  }

  @Test
  void tells_clicks_on_marked_elements_without_the_pages_words() {
    site.page(
        "/marks",
        tracker(""),
        """
        <a href="/away?mail=anna@example.com#x" onclick="return false" data-ripen-click="prices"
          data-ripen-text="See prices"><b>For you, Anna</b></a>
        <button data-ripen-click="chat">Hello Anna</button>
        <a href="mailto:anna@example.com" onclick="return false" data-ripen-click="mail">Anna</a>""");
    Page page = visit("/marks");
    page.locator("b").click();
    page.locator("button").click();
    page.getByText("Anna", new Page.GetByTextOptions().setExact(true)).click();

    assertThat(properties(tracked(3, "Element Clicked")))
        .containsExactly(
            "{\"name\":\"prices\",\"text\":\"See prices\",\"href\":\"%s/away\"}"
                .formatted(site.url()),
            "{\"name\":\"chat\"}",
            "{\"name\":\"mail\"}");
  }

  @Test
  void tells_a_marked_product_that_is_seen_and_one_that_is_wished_for() {
    site.page(
        "/product",
        tracker(""),
        """
        <section data-ripen-product='{"product_id": "7", "name": "Mug"}'>Mug
          <button data-ripen-track="Product Added to Wishlist"
            data-ripen-properties='{"wishlist_name": "Mine"}'>wish</button></section>
        <section data-ripen-product="8" data-ripen-product-name="Tea"
          data-ripen-product-price="14.5" data-ripen-product-image-url="/tea.png">Tea</section>
        <section data-ripen-product="9" hidden>Vase</section>
        <section data-ripen-product="{">broken</section>
        <section data-ripen-product="10" style="margin-top: 3000px">Bowl</section>""");
    Page page = visit("/product");
    page.locator("button").click();

    assertThat(properties(tracked(1, "Product Added to Wishlist")))
        .containsExactly("{\"product_id\":\"7\",\"name\":\"Mug\",\"wishlist_name\":\"Mine\"}");
    assertThat(properties(tracked(2, "Product Viewed")))
        .containsExactly(
            "{\"product_id\":\"7\",\"name\":\"Mug\"}",
            "{\"product_id\":\"8\",\"name\":\"Tea\",\"price\":14.5,\"image_url\":\"/tea.png\"}");
    page.evaluate("scrollTo(0, 9000)");
    assertThat(properties(tracked(3, "Product Viewed"))).contains("{\"product_id\":\"10\"}");
  }

  @Test
  void tells_once_that_the_mouse_left_by_the_top() {
    visitor.clock().install();
    Page page = visit("/");
    page.clock().fastForward(10_000);
    leave(page, 300);
    nothingYet(page, "Exit Intended");
    page.mouse().move(200, 100);
    page.mouse().move(200, -5);
    tracked(1, "Exit Intended");
    leave(page, -1);
    leave(page, -1);
    page.evaluate("ripen.track('Later')");

    tracked(1, "Later");
    tracked(1, "Exit Intended");
  }

  @Test
  void tells_that_a_finger_flicked_the_page_down() {
    visitor.clock().install();
    site.page("/long", tracker(""), "<p style='height: 5000px'>long</p>");
    Page page = visit("/long");
    page.clock().fastForward(10_000);
    pull(page, 100, 600);
    page.evaluate("scrollTo(0, 2000)");
    pull(page, 100, 150);
    pull(page, 600, 100);
    nothingYet(page, "Exit Intended");
    pull(page, 100, 600);

    tracked(1, "Exit Intended");
  }

  @Test
  void tells_a_form_that_was_begun_and_left_by_the_names_of_its_fields() {
    site.page(
        "/signup",
        tracker(""),
        """
        <form data-ripen-form="registration" data-ripen-step="address">
          <input name="secret" type="password"><input name="street"><input name="city">
          <input name="number" autocomplete="cc-number"><input name="cvc"><input name="empty">
          <input name="token" type="hidden" value="hidden-one">
          <input name="terms" type="checkbox"></form>
        <form><input name="search"></form>""");
    Page page = visit("/signup");
    page.locator("[name=search]").fill("tea");
    page.locator("[name=secret]").fill("hunter2");
    nothingYet(page, "Form Started");
    page.locator("[name=street]").fill("Kossuth 1");
    page.locator("[name=city]").fill("Eger");
    page.locator("[name=number]").fill("4111");
    page.locator("[name=cvc]").fill("737");
    page.navigate(site.url() + "/away");

    assertThat(properties(tracked(1, "Form Abandoned")))
        .containsExactly("{\"form\":\"registration\",\"lastField\":\"city\",\"filled\":2}");
    assertThat(properties(tracked(1, "Form Started")))
        .containsExactly("{\"form\":\"registration\"}");
    assertThat(properties(tracked(1, "Registration Started")))
        .containsExactly("{\"step\":\"address\",\"url\":\"%s/signup\"}".formatted(site.url()));
    assertThat(door.all().toString()).doesNotContain("hunter2", "Kossuth", "Eger", "4111", "737");
  }

  @Test
  void an_element_of_the_sites_own_is_a_field_of_its_form() {
    site.page(
        "/elements",
        tracker(""),
        """
        <script>
          customElements.define('our-field', class extends HTMLElement {
            static formAssociated = true;
            internals = this.attachInternals();
            input = document.createElement('input');
            connectedCallback() {
              this.input.type = this.getAttribute('type');
              this.attachShadow({ mode: 'open' }).append(this.input);
            }
            get form() { return this.internals.form; }
            get name() { return this.getAttribute('name'); }
            get value() { return this.input.value; }
          });
        </script>
        <our-field name="search" type="text"></our-field>
        <form id="form" data-ripen-form="registration">
          <our-field name="secret" type="password"></our-field>
          <our-field name="city" type="text"></our-field></form>""");
    Page page = visit("/elements");
    page.locator("[name=search] input").fill("tea");
    page.locator("[name=secret] input").fill("hunter2");
    nothingYet(page, "Form Started");
    page.locator("[name=city] input").fill("Eger");
    tracked(1, "Registration Started");
    page.navigate(site.url() + "/away");

    assertThat(properties(tracked(1, "Form Abandoned")))
        .extracting(told -> told.replaceAll(",\"filled.*", ""))
        .containsExactly("{\"form\":\"registration\",\"lastField\":\"city\"");
    assertThat(door.all().toString()).doesNotContain("hunter2", "Eger");
  }

  @Test
  void a_sent_form_is_not_left() {
    site.page(
        "/ask",
        tracker(""),
        "<form data-ripen-form=ask action=/away><input name=q><button>Send</button></form>");
    Page page = visit("/ask");
    page.locator("[name=q]").fill("how?");
    page.locator("button").click();
    page.waitForURL("**/away*");

    tracked(1, "Form Started");
    tracked(1, "Form Submitted");
    assertThat(door.tracked("Form Abandoned")).isEmpty();
    assertThat(door.tracked("Registration Started")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_single_page_application_ends_a_view_and_keeps_the_campaign(boolean hasNavigationApi) {
    visitor.clock().install();
    if (!hasNavigationApi) {
      visitor.addInitScript("Object.defineProperty(window, 'navigation', {value: undefined})");
    }
    site.page("/spa", tracker("data-spa"), "<p>text");
    Page page = visit("/spa?utm_source=letter&gclid=click-1");
    page.clock().fastForward(30_000);
    page.evaluate("history.replaceState(null, '', '/spa?filter=tea')");
    page.evaluate("history.pushState(null, '', '/spa/two')");

    JsonNode dwelled = tracked(1, "Page Dwelled").getFirst();
    assertThat(dwelled.at("/context/page/path").asString()).isEqualTo("/spa");
    assertThat(dwelled.at("/properties/seconds").asInt()).isGreaterThanOrEqualTo(30);
    JsonNode second = arrived(2, "page").getLast();
    assertThat(second.at("/properties/path").asString()).isEqualTo("/spa/two");
    assertThat(second.at("/context/page/search").asString()).isEmpty();
    assertThat(second.at("/context/campaign").toString())
        .isEqualTo("{\"source\":\"letter\",\"gclid\":\"click-1\"}");
    page.evaluate("history.replaceState(null, '', '/spa/three?utm_campaign=other')");
    assertThat(arrived(3, "page").getLast().at("/context/campaign").toString())
        .isEqualTo("{\"name\":\"other\"}");
  }

  @Test
  void knows_the_campaign_of_an_address_that_lost_it_before_the_tracker_loaded() {
    site.page(
        "/landing",
        "<script>history.replaceState(null, '', '/landing')</script>" + tracker(""),
        "");
    visit("/landing?utm_medium=cpc&li_fat_id=click-2&other=1");

    assertThat(arrived(1, "page").getFirst().at("/context/campaign").toString())
        .isEqualTo("{\"medium\":\"cpc\",\"li_fat_id\":\"click-2\"}");
  }

  @Test
  void a_bot_is_left_out() {
    visitor.addInitScript(
        "Object.defineProperty(navigator, 'userAgent', {value: 'Mozilla/5.0 (compatible;"
            + " Googlebot/2.1; +http://www.google.com/bot.html)'})");
    Page page = visit("/");
    page.evaluate("ripen.track('A')");
    assertThat(stored(page)).isZero();
    page.navigate(site.url() + "/away");

    assertThat(door.calls()).isEmpty();
  }

  @Test
  void global_privacy_control_is_a_no_until_the_person_says_yes() {
    Page before = visit("/");
    arrived(1, "page");
    before.close();
    visitor.addInitScript(GPC);
    Page page = visit("/");
    page.evaluate("ripen.track('Unasked')");
    assertThat(page.evaluate("localStorage.length + document.cookie.length")).isEqualTo(0);
    page.reload();
    ready(page);
    page.evaluate("ripen.consent(true); ripen.track('Agreed')");
    tracked(1, "Agreed");
    page.reload();
    ready(page);

    arrived(2, "page");
    assertThat(door.tracked("Unasked")).isEmpty();
    page.evaluate("ripen.consent(false)");
    assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
  }

  @Test
  void a_site_says_which_signals_are_a_no() {
    visitor.addInitScript(GPC);
    visitor.addInitScript("Object.defineProperty(navigator, 'doNotTrack', {value: '1'})");
    site.page("/ignore", tracker("data-privacy-signals=ignore"), "");
    site.page("/dnt", tracker("data-privacy-signals=dnt"), "");
    Page page = visit("/dnt");
    page.evaluate("ripen.track('Unasked')");
    page.navigate(site.url() + "/ignore");

    assertThat(arrived(1, "page").getFirst().at("/properties/path").asString())
        .isEqualTo("/ignore");
    assertThat(door.tracked("Unasked")).isEmpty();
  }

  @Test
  void do_not_track_alone_is_no_signal_unless_the_site_says_so() {
    visitor.addInitScript("Object.defineProperty(navigator, 'doNotTrack', {value: '1'})");
    visit("/");

    arrived(1, "page");
  }

  /** As when the tab goes to the back or to the front. */
  private static void show(Page page, String state) {
    page.evaluate(
        "state => { Object.defineProperty(document, 'visibilityState', {value: state,"
            + " configurable: true}); document.dispatchEvent(new Event('visibilitychange')); }",
        state);
  }

  private static void leave(Page page, int y) {
    page.evaluate(
        "y => document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientY: y}))",
        y);
  }

  /** A quick finger, from one height to another. */
  private static void pull(Page page, int from, int to) {
    page.evaluate(
        """
        ([from, to]) => {
          const at = (clientY) => new Touch({identifier: 1, target: document.body, clientY});
          document.body.dispatchEvent(new TouchEvent('touchstart', {touches: [at(from)]}));
          document.body.dispatchEvent(new TouchEvent('touchend', {changedTouches: [at(to)]}));
        }""",
        List.of(from, to));
  }

  private void nothingYet(Page page, String name) {
    int before = door.tracked("So far").size();
    page.evaluate("ripen.track('So far')");
    tracked(before + 1, "So far");
    assertThat(door.tracked(name)).isEmpty();
  }

  private static List<String> properties(List<JsonNode> events) {
    return events.stream().map(event -> event.path("properties").toString()).toList();
  }
}
