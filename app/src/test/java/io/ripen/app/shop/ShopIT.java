package io.ripen.app.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.ripen.app.web.Chromium;
import io.ripen.app.web.EventsHere;
import io.ripen.app.web.LocalPages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The demo shop in a real Chromium, and what it tells Ripen. */
@SpringBootTest(
    classes = {LocalPages.class, EventsHere.class},
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"ripen.local.smtp.port=0", "ripen.sites.shop.write-key=shop-key"})
@ActiveProfiles("local")
class ShopIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String NOTHING_TO_SEND =
      "!Object.keys(localStorage).some((key) => key.startsWith('ripen_queue'))";

  @TempDir static Path folder;
  private static Chromium chromium;

  @Autowired private EventsHere events;
  @LocalServerPort private int port;
  private BrowserContext visitor;
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> elsewhere = new CopyOnWriteArrayList<>();

  @DynamicPropertySource
  static void folder(DynamicPropertyRegistry registry) {
    registry.add("ripen.local.smtp.folder", () -> folder);
  }

  @BeforeAll
  static void startChromium() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopChromium() {
    chromium.close();
  }

  @BeforeEach
  void open() {
    events.received().batches().clear();
    visitor = chromium.visitor(1280, 900);
  }

  @AfterEach
  void close() {
    // What is under way must not arrive in the next test.
    visitor.pages().forEach(page -> page.waitForFunction(NOTHING_TO_SEND));
    visitor.close();
    assertThat(errors).isEmpty();
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void tells_what_is_looked_at_and_put_into_the_cart() {
    Page page = visit("/shop");
    page.getByTestId("product-ivan-chai").locator("a").click();
    assertThat(page).hasURL(url("/shop/products/ivan-chai"));
    page.getByLabel("One more", new Page.GetByLabelOptions().setExact(true)).click();
    page.getByTestId("add-to-cart").click();
    assertThat(page.getByTestId("cart-total")).hasText("€29.00");
    assertThat(page).hasURL(url("/shop"));

    JsonNode viewed = tracked(1, "Product Viewed").getFirst();
    assertThat(viewed.path("product_id").asString()).isEqualTo("ivan-chai");
    JsonNode added = tracked(1, "Product Added").getFirst();
    assertThat(added.path("name").asString()).isEqualTo("Ivan-chai · Иван-чай");
    assertThat(added.path("sku").asString()).isEqualTo("JC-TEA-11");
    assertThat(added.path("brand").asString()).isEqualTo("Северный луг");
    assertThat(added.path("variant").asString()).isEqualTo("Loose leaf, 75 g tin");
    assertThat(added.path("category").asString()).isEqualTo("Tea");
    assertThat(added.path("price").decimalValue()).isEqualByComparingTo("14.50");
    assertThat(added.path("quantity").asInt()).isEqualTo(2);
    assertThat(added.path("currency").asString()).isEqualTo("EUR");
    assertThat(added.path("url").asString()).isEqualTo(url("/shop/products/ivan-chai"));
    assertThat(added.path("image_url").asString()).isEqualTo(url("/shop/img/ivan-chai.png"));
    JsonNode cart = tracked(1, "Cart Viewed").getFirst();
    assertThat(cart.path("cart_id")).isEqualTo(added.path("cart_id"));
    assertThat(cart.path("total").decimalValue()).isEqualByComparingTo("29");
    assertThat(cart.path("cart_url").asString())
        .isEqualTo(url("/shop?cart=" + added.path("cart_id").asString()))
        .isEqualTo(added.path("cart_url").asString());
    assertThat(cart.at("/products/0/product_id").asString()).isEqualTo("ivan-chai");
    assertThat(cart.at("/products/0/quantity").asInt()).isEqualTo(2);
    assertThat(batches().getFirst().path("writeKey").asString()).isEqualTo("shop-key");
  }

  @Test
  void keeps_a_cart_over_a_reload_and_shares_it_between_tabs() {
    Page page = visit("/shop");
    page.getByTestId("add-juniper-mug").click();
    page.reload();
    assertThat(page.getByTestId("cart-count")).hasText("1");
    Page other = visit("/shop");
    other.getByTestId("add-moon-vase").click();
    assertThat(page.getByTestId("cart-count")).hasText("2");

    List<JsonNode> added = tracked(2, "Product Added");
    assertThat(added.getFirst().path("cart_id")).isEqualTo(added.getLast().path("cart_id"));
  }

  @Test
  void an_emptied_cart_has_an_end_and_the_next_one_a_new_id() {
    Page page = visit("/shop");
    page.getByTestId("add-juniper-mug").click();
    page.getByTestId("add-juniper-mug").click();
    page.getByTestId("open-cart").click();
    page.getByTestId("line-juniper-mug").getByText("Remove").click();
    assertThat(page.getByTestId("cart-empty")).isVisible();
    assertThat(page.getByTestId("checkout")).isHidden();
    page.getByTestId("close-cart").click();
    page.getByTestId("add-honey-pot").click();

    JsonNode removed = tracked(1, "Product Removed").getFirst();
    assertThat(removed.path("quantity").asInt()).isEqualTo(2);
    List<JsonNode> added = tracked(3, "Product Added");
    assertThat(removed.path("cart_id")).isEqualTo(added.getFirst().path("cart_id"));
    assertThat(added.getLast().path("cart_id")).isNotEqualTo(added.getFirst().path("cart_id"));
  }

  @Test
  void changes_quantities_by_keyboard_without_losing_the_place() {
    Page page = visit("/shop");
    page.getByTestId("add-juniper-mug").click();
    page.getByTestId("open-cart").click();
    Locator more = page.getByLabel("One more Juniper Mug");
    more.focus();
    page.keyboard().press("Enter");
    page.keyboard().press("Enter");
    assertThat(page.getByTestId("cart-count")).hasText("3");
    assertThat(more).isFocused();
    page.getByLabel("One less Juniper Mug").press("Enter");
    assertThat(page.getByTestId("cart-total")).hasText("€48.00");
    page.keyboard().press("Escape");
    assertThat(page.getByTestId("cart")).isHidden();

    tracked(3, "Product Added");
    assertThat(tracked(1, "Product Removed").getFirst().path("quantity").asInt()).isEqualTo(1);
  }

  @Test
  void a_tab_can_have_a_cart_of_its_own() {
    Page one = visit("/shop?cart=new");
    one.getByTestId("add-juniper-mug").click();
    Page two = visit("/shop?cart=new");
    assertThat(two.getByTestId("cart-count")).isHidden();
    two.getByTestId("add-moon-vase").click();
    one.reload();
    one.getByTestId("add-juniper-mug").click();
    assertThat(one.getByTestId("cart-count")).hasText("2");
    assertThat(two.getByTestId("cart-count")).hasText("1");

    List<JsonNode> added = tracked(3, "Product Added");
    assertThat(added.stream().map(event -> event.path("cart_id").asString()).distinct()).hasSize(2);
  }

  @Test
  void the_address_of_a_cart_brings_it_back() {
    Page page = visit("/shop");
    page.getByTestId("add-morning-teapot").click();
    String cart = tracked(1, "Product Added").getFirst().path("cart_id").asString();
    page.close();

    Page back = visit("/shop?cart=" + cart);
    assertThat(back.getByTestId("line-morning-teapot")).isVisible();
    assertThat(back).hasURL(url("/shop"));

    Page stranger = visit("/shop?cart=c-of-another-browser");
    assertThat(stranger.getByTestId("toast")).containsText("not on this device");
    assertThat(stranger.getByTestId("cart-count")).hasText("1");
  }

  @Test
  void an_order_is_told_from_the_first_letter_of_the_address_to_the_total() {
    Page page = visit("/shop");
    page.getByTestId("add-juniper-mug").click();
    page.getByTestId("open-cart").click();
    page.getByTestId("checkout").click();
    page.getByTestId("checkout-email").fill("anna@example.com");
    page.getByTestId("checkout-name").focus();
    assertThat(identified(1).getFirst().at("/traits/email").asString())
        .as("known before the form is sent")
        .isEqualTo("anna@example.com");

    page.getByTestId("checkout-name").fill("Anna Kovács");
    page.getByTestId("checkout-consent").check();
    page.getByTestId("checkout-continue").click();
    assertThat(page.getByTestId("order-total")).hasText("€29.90");
    page.getByTestId("place-order").click();
    assertThat(page.getByTestId("order-confirmation")).containsText("Thank you, Anna!");

    tracked(1, "Checkout Started");
    assertThat(identified(2).getLast().at("/traits/name").asString()).isEqualTo("Anna Kovács");
    JsonNode consent = tracked(1, "Consent Granted").getFirst();
    assertThat(consent.path("channel").asString()).isEqualTo("email");
    assertThat(consent.path("purpose").asString()).isEqualTo("marketing");
    assertThat(consent.path("wording").asString())
        .isEqualTo(page.locator("label[for=checkout-consent]").textContent());
    JsonNode order = tracked(1, "Order Completed").getFirst();
    assertThat(order.path("order_id").asString())
        .isEqualTo(page.getByTestId("order-number").textContent());
    assertThat(order.path("cart_id"))
        .isEqualTo(tracked(1, "Product Added").getFirst().path("cart_id"));
    assertThat(order.path("total").decimalValue()).isEqualByComparingTo("29.90");
    assertThat(order.at("/products/0/product_id").asString()).isEqualTo("juniper-mug");

    page.getByTestId("continue-shopping").click();
    assertThat(page.getByTestId("cart-count")).isHidden();
  }

  @Test
  void letters_ask_for_consent_and_tell_its_words() {
    Page page = visit("/shop");
    page.getByTestId("newsletter-email").fill("agi@example.com");
    page.getByTestId("newsletter-submit").click();
    assertThat(page.getByTestId("newsletter-thanks")).isHidden();
    page.getByTestId("newsletter-consent").check();
    page.getByTestId("newsletter-submit").click();
    assertThat(page.getByTestId("newsletter-thanks")).isVisible();

    assertThat(identified(1).getFirst().at("/traits/email").asString())
        .isEqualTo("agi@example.com");
    assertThat(tracked(1, "Form Submitted").getFirst().path("form").asString())
        .isEqualTo("newsletter");
    assertThat(tracked(1, "Consent Granted").getFirst().path("wording").asString())
        .isEqualTo(
            "Yes, send me letters with news and offers by e-mail. I can unsubscribe at any time.");
  }

  @Test
  void a_product_has_an_address_of_its_own() {
    Page page = visit("/shop/products/harsfa-linden-tea");
    assertThat(page.locator("#product-title")).hasText("Hársfa Linden Tea");
    assertThat(page).hasTitle("Hársfa Linden Tea · Juniper & Clay");
    page.keyboard().press("Escape");
    assertThat(page).hasURL(url("/shop"));
    assertThat(page.locator("#product")).isHidden();
    assertThat(visitor.request().get(url("/shop/products/nothing")).status()).isEqualTo(404);
  }

  @Test
  void fits_a_phone() {
    visitor.close();
    visitor = chromium.visitor(390, 844);
    Page page = visit("/shop");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.getByTestId("add-juniper-mug").click();
    page.getByTestId("open-cart").click();
    page.getByTestId("checkout").click();
    page.getByTestId("checkout-email").fill("anna@example.com");
    assertThat(page.getByTestId("checkout-continue")).isInViewport();
  }

  private Page visit(String path) {
    Page page = visitor.newPage();
    page.onPageError(errors::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(url("/")) && !request.url().startsWith("data:")) {
            elsewhere.add(request.url());
          }
        });
    page.navigate(url(path));
    page.waitForSelector("html[data-ready]");
    return page;
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private List<JsonNode> batches() {
    return events.received().batches();
  }

  private List<JsonNode> identified(int count) {
    return arrived(count, () -> events.received().ofType("identify"));
  }

  /** The properties of the track events of this name, once there are so many. */
  private List<JsonNode> tracked(int count, String name) {
    return arrived(count, () -> events.received().tracked(name)).stream()
        .map(event -> event.path("properties"))
        .toList();
  }

  private static List<JsonNode> arrived(int count, Supplier<List<JsonNode>> events) {
    await().atMost(SOON).pollInSameThread().until(() -> events.get().size(), is -> is == count);
    return events.get();
  }
}
