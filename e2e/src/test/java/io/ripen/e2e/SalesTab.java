package io.ripen.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.ripen.e2e.Patience.soon;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;

/** A salesperson with a browser, in the console's sales inbox. */
final class SalesTab implements AutoCloseable {

  private final LocalRipen ripen;
  private final BrowserContext browser;
  private final Page page;
  private final String name;

  SalesTab(LocalRipen ripen, Browser browser, String firstName, String team) {
    this.ripen = ripen;
    this.browser = browser.person();
    this.page = this.browser.newPage();
    this.name = firstName + "-" + UUID.randomUUID().toString().substring(0, 8);
    open("/sales/me");
    page.getByLabel("Your name").fill(name);
    page.getByLabel("Your team").fill(team);
    press("That is me");
    assertThat(page.getByText("You are " + name)).isVisible();
  }

  String name() {
    return name;
  }

  /** Where they are told of what their team forgets. */
  String leavesAddress() {
    String address = name + "@shop.example.com";
    open("/sales/me");
    page.getByLabel("Your e-mail address").fill(address);
    press("That is me");
    assertThat(page.getByText("You are " + name)).isVisible();
    return address;
  }

  Page page() {
    return page;
  }

  SalesTab open(String address) {
    page.navigate(ripen.http().uri(address).toString());
    return this;
  }

  /** The line of the lead in a list, as soon as it says this. */
  Locator awaitLine(String show, String leadName, String words) {
    soon(words + " in the line of " + leadName)
        .untilAsserted(
            () -> {
              open("/sales?show=" + show + "&q=" + leadName);
              org.assertj.core.api.Assertions.assertThat(page.locator("tbody tr").allInnerTexts())
                  .anySatisfy(
                      line -> org.assertj.core.api.Assertions.assertThat(line).contains(words));
            });
    return page.locator("tbody tr").first();
  }

  /** Opens the lead's task. */
  SalesTab opensTask(String leadName) {
    awaitLine("all", leadName, leadName).getByRole(AriaRole.LINK).click();
    return this;
  }

  SalesTab takesLead() {
    press("Take this lead");
    assertThat(page.getByRole(AriaRole.BUTTON, buttonNamed("Record the outcome"))).isVisible();
    return this;
  }

  /** Zeebe's key of the task that is open. */
  long task() {
    String address = page.url();
    return Long.parseLong(address.substring(address.lastIndexOf('/') + 1));
  }

  SalesTab chooses(String answer) {
    page.getByLabel(answer).check();
    return this;
  }

  SalesTab press(String button) {
    page.getByRole(AriaRole.BUTTON, buttonNamed(button)).click();
    return this;
  }

  /** Presses, and does not wait for what comes of it. */
  void pressAndGoOn(String button) {
    page.getByRole(AriaRole.BUTTON, buttonNamed(button))
        .evaluate("button => setTimeout(() => button.click(), 0)");
  }

  private static Page.GetByRoleOptions buttonNamed(String button) {
    return new Page.GetByRoleOptions().setName(button).setExact(true);
  }

  /** Goes home: nothing is offered to them any more. */
  @Override
  public void close() {
    open("/sales/me");
    press("I am somebody else");
    browser.close();
  }
}
