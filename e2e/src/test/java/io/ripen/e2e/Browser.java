package io.ripen.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Chromium or Chrome of this machine, without a window. */
final class Browser implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
  }

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final com.microsoft.playwright.Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(executable())
                  .setHeadless(true)
                  .setArgs(ARGUMENTS));

  /** Another person, without cookies or storage of the others. */
  BrowserContext person() {
    return person("");
  }

  /**
   * The same, who knows the console's password.
   *
   * @param password empty where it has none
   */
  BrowserContext person(String password) {
    var options =
        new com.microsoft.playwright.Browser.NewContextOptions()
            .setViewportSize(1280, 800)
            .setLocale("en-GB");
    if (!password.isEmpty()) {
      options.setHttpCredentials("tests", password);
    }
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(30_000);
    return context;
  }

  /** Saves what the page looks like on a desk and on a phone. */
  static void screenshots(Page page, String name) {
    for (int width : List.of(1280, 390)) {
      page.setViewportSize(width, width == 390 ? 844 : 800);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Build.target().resolve("screenshots/%s-%d.png".formatted(name, width))));
    }
    page.setViewportSize(1280, 800);
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no browser on the PATH (expected: one of %s)".formatted(NAMES)));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
