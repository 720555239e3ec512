package io.ripen.engine.leadads;

import io.ripen.engine.events.EventJson;
import io.ripen.engine.leadads.LeadAdsProperties.Kind;
import io.ripen.engine.leadads.LeadAdsProperties.Platform;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhooks of advertising platforms, for leads that were left there. */
@RestController
@Profile("engine")
@RequestMapping("/hooks/leads/{source}")
final class LeadAdsController {

  private static final Logger LOG = LoggerFactory.getLogger(LeadAdsController.class);
  private static final int LARGEST = 256 * 1024;

  private final Map<String, Platform> platforms;
  private final MetaLeads meta;
  private final TellLead tellLead;
  private final EventJson json;

  LeadAdsController(
      Map<String, Platform> platforms, MetaLeads meta, TellLead tellLead, EventJson json) {
    this.platforms = platforms;
    this.meta = meta;
    this.tellLead = tellLead;
    this.json = json;
  }

  /** Meta asks whether we are there, and whether it is us that its app means. */
  @GetMapping
  ResponseEntity<String> verify(
      @PathVariable String source,
      @RequestParam(name = "hub.mode", defaultValue = "") String mode,
      @RequestParam(name = "hub.verify_token", defaultValue = "") String token,
      @RequestParam(name = "hub.challenge", defaultValue = "") String challenge)
      throws Refusal {
    Platform platform = platform(source);
    if (!mode.equals("subscribe") || !Signatures.isSame(token, platform.verifyToken())) {
      throw new Refusal(
          HttpStatus.FORBIDDEN,
          "hub.verify_token is wrong (expected: ripen.lead-ads.%s.verify-token)".formatted(source));
    }
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(challenge);
  }

  @PostMapping
  ResponseEntity<Map<String, Object>> take(
      @PathVariable String source,
      @RequestHeader(name = "X-Hub-Signature-256", required = false) @Nullable String signature,
      @RequestHeader(name = "X-Ripen-Key", required = false) @Nullable String key,
      HttpServletRequest request)
      throws Refusal, IOException {
    Platform platform = platform(source);
    byte[] raw = body(request);
    if (platform.kind() == Kind.META && !Signatures.isSigned(platform, raw, signature)) {
      throw stranger(source, "X-Hub-Signature-256 is missing or wrong");
    }
    if (platform.kind() == Kind.JSON && !Signatures.isKey(platform, key)) {
      throw stranger(source, "X-Ripen-Key is missing or wrong");
    }
    ObjectNode body = parse(raw);
    switch (platform.kind()) {
      case GOOGLE -> google(source, platform, body);
      case JSON -> tellLead.tell(source, platform, FlatJson.read(body));
      case META -> meta(source, platform, body);
    }
    return ResponseEntity.ok(Map.of());
  }

  private void google(String source, Platform platform, JsonNode body) throws Refusal {
    if (!Signatures.isKey(platform, body.path("google_key").asString(""))) {
      throw stranger(source, "google_key is missing or wrong");
    }
    if (GoogleAds.isTest(body)) {
      LOG.info("{} sent a test lead, which is not kept", source);
    } else {
      tellLead.tell(source, platform, GoogleAds.read(body));
    }
  }

  /** None holds another back; where one may be had later, Meta is to tell of all of them again. */
  private void meta(String source, Platform platform, JsonNode body) throws Refusal {
    Refusal later = null;
    for (String id : MetaLeads.ids(body)) {
      try {
        tellLead.tell(source, platform, meta.fetch(platform, id));
      } catch (Refusal e) {
        LOG.warn("Lead {} of {} is not taken: {}", id, source, e.getMessage());
        later = e.status() == HttpStatus.BAD_REQUEST ? later : e;
      }
    }
    if (later != null) {
      throw later;
    }
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(Refusal refusal) {
    LOG.warn("A webhook's lead is not taken: {}", refusal.getMessage());
    return ResponseEntity.status(refusal.status())
        .body(Map.of("message", String.valueOf(refusal.getMessage())));
  }

  private Platform platform(String source) throws Refusal {
    Platform platform = platforms.get(source);
    if (platform == null) {
      throw new Refusal(
          HttpStatus.NOT_FOUND,
          "there is no source '%s' (expected: one of ripen.lead-ads)".formatted(source));
    }
    return platform;
  }

  /** Never more of it than allowed. */
  private static byte[] body(HttpServletRequest request) throws Refusal, IOException {
    byte[] raw = request.getInputStream().readNBytes(LARGEST + 1);
    if (raw.length > LARGEST) {
      throw new Refusal(
          HttpStatus.CONTENT_TOO_LARGE,
          "the body is too large (expected: at most %d KB)".formatted(LARGEST / 1024));
    }
    return raw;
  }

  private ObjectNode parse(byte[] raw) throws Refusal {
    try {
      if (json.mapper().readTree(raw) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "the body is " + EventJson.reason(e));
    }
    throw new Refusal(
        HttpStatus.BAD_REQUEST, "the body is no JSON object (expected: one in braces)");
  }

  private static Refusal stranger(String source, String problem) {
    return new Refusal(
        HttpStatus.UNAUTHORIZED,
        "%s (expected: as of ripen.lead-ads.%s.key)".formatted(problem, source));
  }
}
