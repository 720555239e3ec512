package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;

/** A person with a browser and an e-mail address, who comes to the demo shop. */
final class Visitor implements AutoCloseable {

  private final Ripen ripen;
  private final BrowserContext browser;
  private final String email = "zsofia." + UUID.randomUUID() + "@example.com";

  Visitor(Ripen ripen, Browser browser) {
    this.ripen = ripen;
    this.browser = browser.person(ripen.http().password());
  }

  BrowserContext context() {
    return browser;
  }

  ShopTab opensShop() {
    return opens("/shop");
  }

  ShopTab opens(String address) {
    return ShopTab.open(browser, ripen.http().uri(address).toString());
  }

  Page page(String address) {
    Page page = browser.newPage();
    page.navigate(ripen.http().uri(address).toString());
    return page;
  }

  String email() {
    return email;
  }

  /** Everything of so many products added has arrived, and Zeebe counts the hour. */
  void awaitCounting(int carts, int productsAdded) {
    awaitCounting(carts, productsAdded, 1);
  }

  /** The same of somebody who agreed to be written to so many times. */
  void awaitCounting(int carts, int productsAdded, int consents) {
    awaitCounting(email, carts, productsAdded, consents);
  }

  private void awaitCounting(String email, int carts, int productsAdded, int consents) {
    soon("carts that count their hour")
        .until(
            () ->
                ripen.database().eventsOf(email, "Product Added") == productsAdded
                    && ripen.database().eventsOf(email, "Consent Granted") >= consents
                    && ripen.database().pendingSignalsOf(email) == 0
                    && ripen.database().openCartsOf(email) == carts
                    && ripen.database().waitingAt("gateway_whatComesFirst") >= carts);
  }

  /** Those of the flow for abandoned carts; other flows may write meanwhile. */
  List<Mail> mails() {
    return mailsTo(email);
  }

  List<Mail> awaitMails(int count) {
    return awaitMails(email, count);
  }

  private List<Mail> awaitMails(String email, int count) {
    return soon("mails to " + email).until(() -> mailsTo(email), mails -> mails.size() >= count);
  }

  private List<Mail> mailsTo(String email) {
    return ripen.mailsTo(email).stream().filter(mail -> mail.isOf("abandoned-cart")).toList();
  }

  /** Somebody else gets their reminder now: whatever was due to this one had its chance. */
  void awaitNothing() {
    int before = mails().size();
    Shopper other = Shopper.named("other");
    ripen.http().post(other.leavesBehind(Product.KETTLE));
    awaitCounting(other.email(), 1, 1, 1);
    ripen.advance(HOUR);
    awaitMails(other.email(), 1);
    assertThat(mails()).hasSize(before);
  }

  /** The words of this person's page in the console. */
  String timeline() {
    return Jsoup.parse(ripen.http().get(leadPage()).body()).text();
  }

  String leadPage() {
    return "/leads/" + ripen.database().leadWith(email);
  }

  void awaitOnTimeline(String words) {
    soon("the timeline").untilAsserted(() -> assertThat(timeline()).containsIgnoringCase(words));
  }

  @Override
  public void close() {
    browser.close();
  }
}
