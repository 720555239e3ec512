package io.ripen.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A site with the tracker in a real Chromium; its origin is not that of the door. */
abstract class TrackedSite {

  private static final Duration SOON = Duration.ofSeconds(20);

  static Chromium chromium;
  EventsDoor site;
  EventsDoor door;
  BrowserContext visitor;
  private final List<String> errors = new CopyOnWriteArrayList<>();

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
    site = new EventsDoor();
    door = new EventsDoor();
    visitor = chromium.visitor();
    site.page("/", tracker(""), "<a id=away href=/away>away</a>");
    site.page("/away", "", "gone");
  }

  @AfterEach
  void close() {
    visitor.close();
    site.close();
    door.close();
    assertThat(errors).isEmpty();
  }

  String tracker(String options) {
    return "<script async src=\"%s/ripen.js\" data-write-key=key-1 %s></script>"
        .formatted(door.url(), options);
  }

  Page visit(String path) {
    Page page = visitor.newPage();
    page.onPageError(errors::add);
    page.navigate(site.url() + path);
    ready(page);
    return page;
  }

  static void ready(Page page) {
    page.waitForFunction("window.ripen && window.ripen.version");
  }

  /** Playwright must be asked by the thread that started it. */
  static ConditionFactory soon() {
    return await().atMost(SOON).pollInSameThread();
  }

  static int stored(Page page) {
    return (int)
        page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('ripen_queue')).length");
  }

  List<JsonNode> arrived(int count, String type) {
    soon().until(() -> door.ofType(type).size(), size -> size == count);
    return door.ofType(type);
  }

  List<JsonNode> tracked(int count, String name) {
    soon().until(() -> door.tracked(name).size(), size -> size == count);
    return door.tracked(name);
  }
}
