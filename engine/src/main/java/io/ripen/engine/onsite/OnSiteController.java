package io.ripen.engine.onsite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.tracking.Site;
import io.ripen.engine.tracking.Sites;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks with the windows of visitors: what is meant for them goes out as server-sent events, what
 * they do comes in. Who they are is said by the browser's own id, which nobody else knows.
 */
@RestController
@Profile("engine")
class OnSiteController {

  private static final int LARGEST = 16 * 1024;
  private static final Pattern BROWSER =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int LINES = 50;
  private static final Duration LONGEST_LINE = Duration.ofMinutes(30);

  private final Sites sites;
  private final Windows windows;
  private final OnSiteJdbc table;
  private final TakeOnSite takeOnSite;
  private final TakeContact takeContact;
  private final OnSiteProperties properties;
  private final String ownOrigin;
  private final Clock clock;

  OnSiteController(
      Sites sites,
      Windows windows,
      OnSiteJdbc table,
      TakeOnSite takeOnSite,
      TakeContact takeContact,
      OnSiteProperties properties,
      RipenProperties ripen,
      Clock clock) {
    this.sites = sites;
    this.windows = windows;
    this.table = table;
    this.takeOnSite = takeOnSite;
    this.takeContact = takeContact;
    this.properties = properties;
    URI url = Objects.requireNonNull(ripen.publicUrl());
    this.ownOrigin = url.getScheme() + "://" + url.getAuthority();
    this.clock = clock;
  }

  /** What is to be shown in this window, as it comes; each begins with what there is by now. */
  @GetMapping(path = "/v1/onsite", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> listen(
      @RequestParam(defaultValue = "") String writeKey,
      @RequestParam(defaultValue = "") String anonymousId,
      HttpServletRequest request)
      throws Refused {
    check(writeKey, request);
    String browser = browser(anonymousId);
    if (windows.count() >= properties.windowsAtMost()) {
      throw new Refused(503, "too many windows are open here; try again later");
    }
    SseEmitter emitter = new SseEmitter(LONGEST_LINE.toMillis());
    Window window = new Window(emitter, properties.beat(), gone -> windows.closed(browser, gone));
    if (!windows.open(browser, window)) {
      throw new Refused(429, "too many windows of one browser");
    }
    try {
      emitter.onCompletion(window::gone);
      emitter.onTimeout(emitter::complete);
      window.beat();
      table
          .lead(browser)
          .ifPresent(
              lead -> table.toShow(lead, browser, LINES, clock.instant()).forEach(window::send));
    } catch (RuntimeException e) {
      window.gone();
      throw e;
    }
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no")
        .body(emitter);
  }

  /** Whether this window shows the message, the first that asks; and whether none does any more. */
  @PostMapping("/v1/onsite/shown")
  Map<String, Object> shown(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    String browser = browser(body);
    long id = body.path("id").asLong(0);
    boolean isShown = takeOnSite.shown(browser, id, body.path("window").asString(""));
    return Map.of("show", isShown, "gone", !isShown && takeOnSite.isGone(browser, id));
  }

  /** The form in a popup was sent, so the popup did what it was for. */
  @PostMapping("/v1/onsite/sent")
  Map<String, Object> sent(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    takeOnSite.sent(browser(body), body.path("id").asLong(0));
    return Map.of("success", true);
  }

  @PostMapping("/v1/onsite/closed")
  Map<String, Object> closed(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    takeOnSite.closed(browser(body), body.path("id").asLong(0));
    return Map.of("success", true);
  }

  /** A line that a visitor wrote; the answer says whether anybody knows how to reach them. */
  @PostMapping("/v1/onsite/chat")
  Map<String, Object> chat(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    String text = body.path("text").asString("").strip();
    if (text.isEmpty() || text.length() > TakeOnSite.LONGEST || text.indexOf(0) >= 0) {
      throw new Refused(
          400,
          "\"text\" has %d characters (expected: 1 to %d, no zero bytes)"
              .formatted(text.length(), TakeOnSite.LONGEST));
    }
    boolean reachable = takeOnSite.said(browser(body), id(body), text);
    return Map.of("success", true, "reachable", reachable);
  }

  /** How somebody who wrote can be answered when they have left. */
  @PostMapping("/v1/onsite/contact")
  Map<String, Object> contact(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    Site site = site(body.path("writeKey").asString(""));
    takeContact.left(
        new TakeContact.Visitor(site.name(), request.getRemoteAddr(), browser(body)),
        id(body),
        body.path("email").asString("").strip());
    return Map.of("success", true);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(Refused refused) {
    var answer = ResponseEntity.status(refused.status());
    if (refused.status() == 503) {
      answer.header("Retry-After", "60");
    }
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("success", false, "message", String.valueOf(refused.getMessage())));
  }

  private JsonNode body(HttpServletRequest request) throws Refused, IOException {
    byte[] raw = request.getInputStream().readNBytes(LARGEST + 1);
    if (raw.length > LARGEST) {
      throw new Refused(413, "the body is too large (expected: at most 16 KB)");
    }
    try {
      JsonNode body = JsonMapper.shared().readTree(new String(raw, UTF_8));
      check(body.path("writeKey").asString(""), request);
      return body;
    } catch (JacksonException e) {
      throw new Refused(400, "the body is no JSON");
    }
  }

  private Site site(String writeKey) throws Refused {
    return sites
        .byWriteKey(writeKey)
        .orElseThrow(
            () ->
                new Refused(
                    401, "the write key is unknown (expected: that of one of ripen.sites)"));
  }

  private void check(String writeKey, HttpServletRequest request) throws Refused {
    Site site = site(writeKey);
    String origin = request.getHeader("Origin");
    if (origin != null
        && CorsUtils.isCorsRequest(request)
        && !origin.equals(ownOrigin)
        && !site.welcomes(origin)) {
      throw new Refused(
          403,
          "the page's origin is none of the site's (expected: one of ripen.sites.%s.origins)"
              .formatted(site.name()));
    }
  }

  private static String browser(JsonNode body) throws Refused {
    return browser(body.path("anonymousId").asString(""));
  }

  private static String browser(String id) throws Refused {
    // Other ids stand for contacts that others may know: telephone numbers, chats of messengers.
    if (!BROWSER.matcher(id).matches()) {
      throw new Refused(
          400, "\"anonymousId\" is none that ripen.js gives a browser (expected: a UUID)");
    }
    return id;
  }

  private static UUID id(JsonNode body) throws Refused {
    try {
      return UUID.fromString(body.path("id").asString(""));
    } catch (IllegalArgumentException e) {
      throw new Refused(400, "\"id\" is no UUID (expected: a new one for each line)");
    }
  }
}
