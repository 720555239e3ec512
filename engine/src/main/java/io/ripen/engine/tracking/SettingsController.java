package io.ripen.engine.tracking;

import java.net.URI;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells Segment's scripts and mobile libraries where their events go, as Segment's own delivery
 * network would: they ask for this first, under the address they are given as {@code cdnURL}.
 */
@RestController
@Profile("engine")
final class SettingsController {

  private final Sites sites;
  private final URI publicUrl;

  SettingsController(Sites sites, URI publicUrl) {
    this.sites = sites;
    this.publicUrl = publicUrl;
  }

  @GetMapping("/v1/projects/{writeKey}/settings")
  ResponseEntity<Map<String, Object>> settings(@PathVariable String writeKey) {
    if (sites.byWriteKey(writeKey).isEmpty()) {
      return ResponseEntity.notFound().build();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            Map.of(
                "integrations", Map.of("Segment.io", destination(writeKey)),
                "plan", Map.of(),
                "metrics", Map.of("sampleRate", 0)));
  }

  private Map<String, Object> destination(String writeKey) {
    return Map.of(
        "apiKey",
        writeKey,
        "apiHost",
        publicUrl.getAuthority() + "/v1",
        "protocol",
        publicUrl.getScheme());
  }
}
