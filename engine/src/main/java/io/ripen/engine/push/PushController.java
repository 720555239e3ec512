package io.ripen.engine.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.webpush.InvalidSubscription;
import io.ripen.channels.webpush.Subscription;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.forms.SenderLimit;
import io.ripen.engine.tracking.Site;
import io.ripen.engine.tracking.Sites;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks with {@code ripen-push.js} and the service worker. */
@RestController
@Profile("engine")
class PushController {

  private static final int LARGEST = 8 * 1024;
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_ENDPOINT = 2000;
  private static final Pattern BROWSER =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Sites sites;
  private final PushProperties properties;
  private final TakeSubscriptions takeSubscriptions;
  private final SenderLimit limit;
  private final String ownOrigin;

  PushController(
      Sites sites,
      PushProperties properties,
      TakeSubscriptions takeSubscriptions,
      SenderLimit limit,
      RipenProperties ripen) {
    this.sites = sites;
    this.properties = properties;
    this.takeSubscriptions = takeSubscriptions;
    this.limit = limit;
    if (properties.isOn()) {
      // What is wrong with them is told at the start, not with each visitor.
      Object unused = properties.keys();
    }
    URI url = ripen.publicUrl();
    this.ownOrigin = url.getScheme() + "://" + url.getAuthority();
  }

  /** What browsers subscribe to. */
  @GetMapping("/v1/push/key")
  Map<String, Object> key(
      @RequestParam(defaultValue = "") String writeKey, HttpServletRequest request) throws Refused {
    Site unused = site(writeKey, request);
    on();
    return Map.of("key", properties.keys().publicKey());
  }

  @PostMapping("/v1/push/subscribe")
  Map<String, Object> subscribe(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    TakeSubscriptions.Browser browser = browser(body, request);
    on();
    take(request);
    Subscription subscription;
    try {
      subscription =
          Subscription.of(
              body.at("/subscription/endpoint").asString(""),
              body.at("/subscription/keys/p256dh").asString(""),
              body.at("/subscription/keys/auth").asString(""));
    } catch (InvalidSubscription e) {
      throw new Refused(400, "\"subscription\": " + e.getMessage());
    }
    if (properties.pushServices().of(subscription).isEmpty()) {
      throw new Refused(
          400,
          "\"subscription\": the push service %s is none that is allowed here (expected: one of ripen.push.services)"
              .formatted(subscription.host()));
    }
    if (!properties.keys().publicKey().equals(body.path("key").asString(""))) {
      throw new Refused(409, "\"key\" is not the one that is used here now: subscribe anew");
    }
    takeSubscriptions.subscribe(browser, subscription, purpose(body), text(body, "wording"));
    return Map.of("success", true);
  }

  @PostMapping("/v1/push/unsubscribe")
  Map<String, Object> unsubscribe(HttpServletRequest request) throws Refused, IOException {
    JsonNode body = body(request);
    TakeSubscriptions.Browser browser = browser(body, request);
    take(request);
    takeSubscriptions.unsubscribe(
        browser, text(body, "endpoint", LONGEST_ENDPOINT), text(body, "wording"));
    return Map.of("success", true);
  }

  /** A browser has the message. */
  @PostMapping("/v1/push/delivered/{token}")
  Map<String, Object> delivered(@PathVariable String token) throws Refused {
    if (!takeSubscriptions.delivered(token)) {
      throw new Refused(404, "this is no message of ours, or it is too old");
    }
    return Map.of("success", true);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(Refused refused) {
    var answer = ResponseEntity.status(refused.status());
    if (refused.after().isPositive()) {
      answer.header("Retry-After", Long.toString(refused.after().toSeconds() + 1));
    }
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("success", false, "message", String.valueOf(refused.getMessage())));
  }

  private void on() throws Refused {
    if (!properties.isOn()) {
      throw new Refused(
          404, "notifications are not set up here (./ripen push keys makes what it takes)");
    }
  }

  private void take(HttpServletRequest request) throws Refused {
    Duration wait = limit.take(request.getRemoteAddr());
    if (wait.isPositive()) {
      throw new Refused(429, "too many requests from this address; try again soon", wait);
    }
  }

  private static JsonNode body(HttpServletRequest request) throws Refused, IOException {
    byte[] raw = request.getInputStream().readNBytes(LARGEST + 1);
    if (raw.length > LARGEST) {
      throw new Refused(413, "the body is too large (expected: at most 8 KB)");
    }
    try {
      return JsonMapper.shared().readTree(new String(raw, UTF_8));
    } catch (JacksonException e) {
      throw new Refused(400, "the body is no JSON");
    }
  }

  private TakeSubscriptions.Browser browser(JsonNode body, HttpServletRequest request)
      throws Refused {
    Site site = site(body.path("writeKey").asString(""), request);
    String id = body.path("anonymousId").asString("");
    // Other ids stand for contacts that others may know: telephone numbers, chats of messengers.
    if (!BROWSER.matcher(id).matches()) {
      throw new Refused(
          400, "\"anonymousId\" is none that ripen.js gives a browser (expected: a UUID)");
    }
    return new TakeSubscriptions.Browser(
        id,
        site.name(),
        text(body, "url"),
        request.getRemoteAddr(),
        request.getHeader("User-Agent"));
  }

  private Site site(String writeKey, HttpServletRequest request) throws Refused {
    Site site =
        sites
            .byWriteKey(writeKey)
            .orElseThrow(
                () ->
                    new Refused(
                        401, "the write key is unknown (expected: that of one of ripen.sites)"));
    String origin = request.getHeader("Origin");
    if (origin != null && !origin.equals(ownOrigin) && !site.welcomes(origin)) {
      throw new Refused(
          403,
          "the page's origin is none of the site's (expected: one of ripen.sites.%s.origins)"
              .formatted(site.name()));
    }
    return site;
  }

  /** What the person has just said yes to, if they have. */
  private static @Nullable String purpose(JsonNode body) throws Refused {
    if (!body.path("asked").asBoolean(false)) {
      return null;
    }
    String purpose = body.path("purpose").asString("marketing");
    if (!Purposes.OFFERS.contains(purpose)) {
      throw new Refused(
          400, "\"purpose\" is none (expected: one of %s)".formatted(Purposes.OFFERS));
    }
    return purpose;
  }

  private static String text(JsonNode body, String name) throws Refused {
    return text(body, name, LONGEST_TEXT);
  }

  /** The beginning of it, without halves of characters, which PostgreSQL does not take. */
  private static String text(JsonNode body, String name, int longest) throws Refused {
    String text = body.path(name).asString("").strip();
    if (text.indexOf(0) >= 0) {
      throw new Refused(400, "\"%s\" holds a zero byte".formatted(name));
    }
    String beginning = text.substring(0, Math.min(text.length(), longest));
    return new String(beginning.getBytes(UTF_8), UTF_8);
  }
}
