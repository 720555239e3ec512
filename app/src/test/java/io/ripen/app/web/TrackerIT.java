package io.ripen.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How the tracker sends, keeps and forgets, and what it is told by the site. */
class TrackerIT extends TrackedSite {

  @Test
  void tells_a_page_view_with_all_that_a_browser_knows() {
    Page page = visit("/?utm_source=letter&utm_campaign=spring");

    JsonNode view = arrived(1, "page").getFirst();
    assertThat(view.at("/properties/path").asString()).isEqualTo("/");
    assertThat(view.at("/properties/url").asString()).startsWith(site.url() + "/?utm_source");
    assertThat(view.at("/context/campaign/source").asString()).isEqualTo("letter");
    assertThat(view.at("/context/campaign/name").asString()).isEqualTo("spring");
    assertThat(view.at("/context/page/title").asString()).isEqualTo("/");
    assertThat(view.at("/context/locale").asString()).isEqualTo("en-US");
    assertThat(view.at("/context/timezone").asString()).isNotEmpty();
    assertThat(view.at("/context/userAgent").asString()).contains("Chrome");
    assertThat(view.at("/context/library/name").asString()).isEqualTo("ripen.js");
    assertThat(view.at("/anonymousId").asString()).isEqualTo(page.evaluate("ripen.anonymousId()"));
    assertThat(view.at("/messageId").asString()).isNotEmpty();
    JsonNode batch = door.batches().getFirst();
    assertThat(batch.path("writeKey").asString()).isEqualTo("key-1");
    assertThat(Instant.parse(batch.path("sentAt").asString()))
        .isAfterOrEqualTo(Instant.parse(view.path("timestamp").asString()));
  }

  @Test
  void asks_no_preflight() {
    visit("/");

    arrived(1, "page");
    assertThat(door.calls())
        .allSatisfy(
            call -> {
              assertThat(call.method()).isEqualTo("POST");
              assertThat(call.contentType()).startsWith("text/plain");
            });
  }

  @Test
  void keeps_calls_that_were_made_before_it_loaded() {
    String early =
        "<script>window.ripen = window.ripen || []; ripen.push(['track', 'Early', {n: 1}]);"
            + "ripen.push(['cart.add', {product_id: '7'}]);</script>";
    site.page("/early", early + tracker(""), "");
    Page page = visit("/early");
    page.evaluate("ripen.push(['track', 'Late'])");

    assertThat(tracked(1, "Early").getFirst().at("/properties/n").asInt()).isEqualTo(1);
    tracked(1, "Product Added");
    tracked(1, "Late");
  }

  @Test
  void knows_a_visitor_again() {
    Page page = visit("/");
    Object first = page.evaluate("ripen.anonymousId()");
    page.reload();
    ready(page);
    assertThat(page.evaluate("ripen.anonymousId()")).isEqualTo(first);

    page.evaluate("ripen.identify('user-1', {email: 'anna@example.com'}); ripen.track('A')");
    JsonNode identified = arrived(1, "identify").getFirst();
    assertThat(identified.at("/traits/email").asString()).isEqualTo("anna@example.com");
    assertThat(tracked(1, "A").getFirst().path("userId").asString()).isEqualTo("user-1");

    page.evaluate("ripen.reset(); ripen.track('B')");
    JsonNode other = tracked(1, "B").getFirst();
    assertThat(other.has("userId")).isFalse();
    assertThat(other.path("anonymousId").asString()).isNotEqualTo(first);
  }

  @Test
  void works_where_storage_is_blocked(@TempDir Path profile) throws IOException {
    visitor.close();
    visitor = chromium.visitorWithBlockedStorage(profile);
    Page page = visit("/");
    assertThat(
            (Boolean)
                page.evaluate(
                    "(() => { try { localStorage; return true } catch (e) { return false } })()"))
        .as("the browser lets the page store")
        .isFalse();
    page.evaluate("ripen.track('A'); ripen.identify('user-1'); ripen.track('B')");

    JsonNode first = tracked(1, "A").getFirst();
    JsonNode second = tracked(1, "B").getFirst();
    assertThat(first.path("anonymousId")).isEqualTo(second.path("anonymousId"));
    assertThat(second.path("userId").asString()).isEqualTo("user-1");
  }

  @Test
  void knows_a_visitor_by_cookie_where_only_that_is_left() {
    visitor.addInitScript(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})");
    Page page = visit("/");
    Object first = page.evaluate("ripen.anonymousId()");
    page.reload();
    ready(page);

    assertThat(page.evaluate("ripen.anonymousId()")).isEqualTo(first);
    arrived(2, "page");
  }

  @Test
  void sends_to_the_address_that_the_site_names() {
    site.page(
        "/api",
        "<script async src=/ripen.js data-write-key=key-1 data-api=%s/></script>"
            .formatted(door.url()),
        "");
    visit("/api");

    arrived(1, "page");
    assertThat(site.calls()).isEmpty();
  }

  @Test
  void works_where_storage_is_full() {
    Page page = visit("/");
    page.evaluate(
        "() => { let size = 1 << 22; while (size) { try { localStorage.setItem('f' + Math.random(),"
            + " 'x'.repeat(size)); } catch (e) { size >>= 1; } } }");
    page.evaluate("ripen.track('A')");

    tracked(1, "A");
  }

  @Test
  void stores_and_sends_nothing_before_consent() {
    site.page("/consent", tracker("data-consent=required"), "");
    Page page = visit("/consent");
    page.evaluate("ripen.track('Before'); ripen.identify({email: 'anna@example.com'})");
    Page other = visit("/consent");
    other.evaluate("ripen.track('Elsewhere')");
    assertThat(page.evaluate("localStorage.length + document.cookie.length")).isEqualTo(0);
    assertThat(door.calls()).isEmpty();

    page.evaluate("ripen.consent(true)");

    tracked(1, "Before");
    tracked(1, "Elsewhere");
    arrived(2, "page");
    page.reload();
    arrived(3, "page");
    assertThat(door.all())
        .extracting(event -> event.path("anonymousId"))
        .contains(door.all().getFirst().path("anonymousId"));
  }

  @Test
  void forgets_all_when_consent_is_refused() {
    Page page = visit("/");
    arrived(1, "page");
    page.evaluate("ripen.identify('user-1'); ripen.consent(false); ripen.track('After')");
    assertThat(page.evaluate("Object.keys(localStorage).join()")).isEqualTo("ripen_consent");
    page.reload();
    ready(page);
    page.evaluate("ripen.track('After the reload')");
    page.evaluate("ripen.consent(true)");
    page.evaluate("ripen.track('Again')");

    tracked(1, "Again");
    assertThat(door.tracked("After")).isEmpty();
    assertThat(door.tracked("After the reload")).isEmpty();
    assertThat(door.ofType("page")).hasSize(1);
  }

  @Test
  void sends_what_happened_last_as_a_beacon_when_the_page_goes() {
    // While a request is under way nothing but the page's end can send what comes after it.
    door.hold();
    Page page = visit("/");
    soon().until(() -> door.calls().size() == 1);
    page.evaluate(
        "const send = navigator.sendBeacon; navigator.sendBeacon = function (url) {"
            + " sessionStorage.beacon = url; return send.apply(navigator, arguments); };"
            + " ripen.track('Last words'); location.href = '/away'");
    page.waitForURL("**/away");
    door.release();

    tracked(1, "Last words");
    assertThat(page.evaluate("sessionStorage.beacon")).isEqualTo(door.url() + "/v1/batch");
  }

  @Test
  void tries_again_while_the_door_is_closed() {
    door.answer(503);
    Page page = visit("/");
    page.evaluate("ripen.track('A')");
    soon().until(() -> door.calls().size() >= 2);
    door.answer(200);

    tracked(1, "A");
    assertThat(door.ofType("page")).hasSize(1);
    soon().until(() -> stored(page) == 0);
  }

  @Test
  void loses_nothing_of_a_tab_that_was_closed_while_the_door_was() {
    door.answer(503);
    Page page = visit("/");
    page.evaluate("for (let i = 0; i < 5; i++) ripen.track('Offline', {i})");
    page.waitForClose(() -> page.close(new Page.CloseOptions().setRunBeforeUnload(true)));
    door.answer(200);
    Page next = visit("/");

    assertThat(tracked(5, "Offline"))
        .extracting(event -> event.at("/properties/i").asInt())
        .containsExactly(0, 1, 2, 3, 4);
    soon().until(() -> stored(next) == 0);
  }

  @Test
  void two_tabs_neither_lose_nor_double_their_events() {
    Page one = visit("/");
    Page two = visit("/");
    for (int i = 0; i < 10; i++) {
      one.evaluate("for (let i = 0; i < 10; i++) ripen.track('One')");
      two.evaluate("for (let i = 0; i < 10; i++) ripen.track('Two')");
    }

    tracked(100, "One");
    tracked(100, "Two");
    soon().until(() -> stored(one) == 0 && stored(two) == 0);
    assertThat(door.all())
        .hasSize(202)
        .extracting(event -> event.path("messageId"))
        .doesNotHaveDuplicates();
    assertThat(one.evaluate("ripen.anonymousId()")).isEqualTo(two.evaluate("ripen.anonymousId()"));
  }

  @Test
  void an_event_is_not_lost_while_others_are_under_way() {
    door.hold();
    Page page = visit("/");
    soon().until(() -> door.calls().size() == 1);
    page.evaluate("ripen.track('Meanwhile')");
    door.release();

    tracked(1, "Meanwhile");
    assertThat(door.ofType("page")).hasSize(1);
  }

  @Test
  void a_refused_event_holds_up_no_other() {
    door.refuse(event -> event.path("event").asString("").equals("Bad"));
    Page page = visit("/");
    page.evaluate("for (let i = 0; i < 9; i++) ripen.track(i == 4 ? 'Bad' : 'Good')");

    tracked(8, "Good");
    soon().until(() -> stored(page) == 0);
  }

  @Test
  void keeps_to_the_limits_of_door_and_browser() {
    Page page = visit("/");
    page.evaluate("ripen.track('Too large', {text: 'ű'.repeat(20000)})");
    page.evaluate("for (let i = 0; i < 60; i++) ripen.track('Large', {i, text: 'ű'.repeat(2000)})");

    tracked(60, "Large");
    assertThat(door.tracked("Too large")).isEmpty();
    assertThat(door.calls()).allSatisfy(call -> assertThat(call.size()).isLessThan(64 * 1024));
  }

  @Test
  void tells_a_marked_form_and_the_consent_in_the_very_words_shown() {
    site.page(
        "/form",
        tracker(""),
        """
        <form data-ripen-form="newsletter" onsubmit="return false">
          <input name="mail" type="email" value=" anna@example.com ">
          <input name="who" autocomplete="name" value="Anna Kovács">
          <input name="topic" data-ripen-field="topic" value="tea">
          <input name="note" value="private">
          <input name="secret" type="password" data-ripen-field="secret" value="hunter2">
          <input id="yes" type="checkbox" data-ripen-consent="email:marketing">
          <label for="yes">Igen, kérek  <b>híreket</b>
             e-mailben.<span style="display:none">hidden</span></label>
          <label><input type="checkbox" data-ripen-consent="sms:marketing"> SMS too</label>
          <button>Send</button>
        </form>""");
    Page page = visit("/form");
    page.locator("#yes").check();
    page.locator("button").click();

    JsonNode identify = arrived(1, "identify").getFirst();
    assertThat(identify.at("/traits/email").asString()).isEqualTo("anna@example.com");
    assertThat(identify.at("/traits/name").asString()).isEqualTo("Anna Kovács");
    JsonNode form = tracked(1, "Form Submitted").getFirst().path("properties");
    assertThat(form.toString()).isEqualTo("{\"form\":\"newsletter\",\"topic\":\"tea\"}");
    JsonNode consent = tracked(1, "Consent Granted").getFirst();
    assertThat(consent.at("/properties/channel").asString()).isEqualTo("email");
    assertThat(consent.at("/properties/purpose").asString()).isEqualTo("marketing");
    assertThat(consent.at("/properties/wording").asString())
        .isEqualTo("Igen, kérek híreket e-mailben.");
    assertThat(consent.at("/context/page/url").asString()).isEqualTo(site.url() + "/form");
    assertThat(door.all().toString()).doesNotContain("hunter2", "private");
  }

  @Test
  void loses_nothing_of_a_form_that_leaves_the_page() {
    site.page(
        "/form",
        tracker(""),
        "<form data-ripen-form=ask action=/away><input type=email name=e value=anna@example.com>"
            + "<button>Send</button></form>");
    Page page = visit("/form");
    page.locator("button").click();
    page.waitForURL("**/away*");

    tracked(1, "Form Submitted");
    arrived(1, "identify");
  }

  @Test
  void tells_marked_elements_and_carts() {
    site.page(
        "/buttons",
        tracker(""),
        """
        <button data-ripen-track="Product Added" data-ripen-properties='{"product_id": "7"}'><b>Add</b></button>
        <i data-ripen-track="Broken" data-ripen-properties='{'>broken</i>""");
    Page page = visit("/buttons");
    page.locator("b").click();
    page.locator("i").click();
    page.evaluate(
        "ripen.cart.remove({product_id: '7'}); ripen.cart.view({cart_id: 'c', products: []})");
    page.evaluate("ripen.cart.checkout({cart_id: 'c'}); ripen.cart.order({order_id: 'o'})");

    assertThat(tracked(1, "Product Added").getFirst().at("/properties/product_id").asString())
        .isEqualTo("7");
    Stream.of("Product Removed", "Cart Viewed", "Checkout Started", "Order Completed")
        .forEach(name -> tracked(1, name));
    assertThat(door.tracked("Broken")).isEmpty();
  }

  @Test
  void counts_the_views_of_a_single_page_application() {
    site.page("/spa", tracker("data-spa"), "");
    Page page = visit("/spa");
    arrived(1, "page");
    page.evaluate("history.pushState(null, '', '/spa/two'); document.title = 'Two'");
    JsonNode second = arrived(2, "page").getLast();
    page.goBack();

    assertThat(second.at("/properties/path").asString()).isEqualTo("/spa/two");
    assertThat(second.at("/properties/title").asString()).isEqualTo("Two");
    assertThat(arrived(3, "page").getLast().at("/properties/path").asString()).isEqualTo("/spa");
  }

  @Test
  void a_second_script_tag_changes_nothing() {
    site.page("/twice", tracker("") + tracker(""), "");
    Page page = visit("/twice");
    page.evaluate("ripen.track('Once')");

    tracked(1, "Once");
    assertThat(door.ofType("page")).hasSize(1);
  }
}
