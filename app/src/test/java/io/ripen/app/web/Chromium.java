package io.ripen.app.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, driven by Playwright, which downloads none of its own. */
public final class Chromium implements AutoCloseable {

  private static final String PROPERTY = "ripen.test.chromium";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<Path> ELSEWHERE =
      List.of(
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));

  /** Keeps the browser from calling home. */
  private static final List<String> QUIET =
      List.of(
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Milliseconds; a machine that builds at the same time is slow. */
  private static final double PATIENCE = 20_000;

  private final Path program;
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program, Playwright playwright) {
    this.program = program;
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(QUIET));
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException when there is none on this machine
   */
  public static Chromium start() {
    Path program = find();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    return new Chromium(
        program,
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
  }

  /** A visitor who was never here: no cookies, nothing stored. */
  public BrowserContext visitor() {
    return browser.newContext();
  }

  /** A visitor with a screen of this size. */
  public BrowserContext visitor(int width, int height) {
    return browser.newContext(
        new Browser.NewContextOptions().setLocale("en-US").setViewportSize(width, height));
  }

  /** A visitor whose browser runs no scripts. */
  public BrowserContext visitorWithoutScripts(int width, int height) {
    return browser.newContext(
        new Browser.NewContextOptions()
            .setLocale("en-US")
            .setViewportSize(width, height)
            .setJavaScriptEnabled(false));
  }

  /**
   * A visitor whose browser is set to keep no site data: storage and cookies are refused.
   *
   * @param profile an empty folder for the browser's settings
   */
  public BrowserContext visitorWithBlockedStorage(Path profile) throws IOException {
    Path settings = Files.createDirectories(profile.resolve("Default")).resolve("Preferences");
    Files.writeString(
        settings, "{\"profile\": {\"default_content_setting_values\": {\"cookies\": 2}}}");
    return playwright
        .chromium()
        .launchPersistentContext(
            profile,
            new BrowserType.LaunchPersistentContextOptions()
                .setExecutablePath(program)
                .setArgs(QUIET));
  }

  @Override
  public void close() {
    playwright.close();
  }

  private static Path find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    Optional<Path> onPath =
        NAMES.stream()
            .flatMap(
                name -> folders().map(folder -> folder.resolve(name)).filter(Files::isExecutable))
            .findFirst();
    return onPath
        .or(() -> ELSEWHERE.stream().filter(Files::isExecutable).findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This test needs Chromium, and there is none on the PATH (looked for: "
                        + String.join(", ", NAMES)
                        + "). Install it, or name one by -D"
                        + PROPERTY
                        + "=/path/to/chromium."));
  }

  private static Stream<Path> folders() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(part -> !part.isEmpty())
        .map(Path::of);
  }
}
