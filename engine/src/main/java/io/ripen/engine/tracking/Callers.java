package io.ripen.engine.tracking;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsUtils;
import tools.jackson.databind.JsonNode;

/** Who is it that sends events: by write key, and from a page of the site where a browser does. */
final class Callers {

  private static final String SCHEME = "basic ";

  private final Sites sites;
  private final String ownOrigin;

  Callers(Sites sites, String ownOrigin) {
    this.sites = sites;
    this.ownOrigin = ownOrigin;
  }

  /** The site whose write key is the user name of Basic authentication, where there is any. */
  Optional<Site> byHeader(HttpServletRequest http) throws Refusal {
    String header = http.getHeader("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw Refusal.unauthorized(
          "Authorization is not Basic (expected: Basic with the write key as user name)");
    }
    return Optional.of(site(http, userName(header.substring(SCHEME.length()).strip())));
  }

  /** The site whose write key stands in the body, as scripts send it that cannot set headers. */
  Site byBody(HttpServletRequest http, @Nullable JsonNode writeKey) throws Refusal {
    if (writeKey == null || !writeKey.isString()) {
      throw Refusal.unauthorized(
          "the write key is missing (expected: as user name of Basic authentication, or as"
              + " \"writeKey\" in the body)");
    }
    return site(http, writeKey.stringValue());
  }

  private Site site(HttpServletRequest http, String key) throws Refusal {
    Site site =
        sites
            .byWriteKey(key)
            .orElseThrow(
                () ->
                    Refusal.unauthorized(
                        "the write key is unknown (expected: that of one of ripen.sites)"));
    String origin = http.getHeader("Origin");
    if (origin != null
        && CorsUtils.isCorsRequest(http)
        && !origin.equals(ownOrigin)
        && !site.welcomes(origin)) {
      throw Refusal.forbidden(
          "the page's origin '%s' is none of the site's (expected: one of ripen.sites.%s.origins)"
              .formatted(origin, site.name()));
    }
    return site;
  }

  private static String userName(String base64) throws Refusal {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? pair : pair.substring(0, colon);
    } catch (IllegalArgumentException e) {
      throw Refusal.unauthorized(
          "Authorization is not Base64 (expected: Basic with the write key as user name)");
    }
  }
}
