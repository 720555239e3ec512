package io.ripen.engine.tracking;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The sites that may send events.
 *
 * @param sites by name, which their events carry
 */
@ConfigurationProperties("ripen")
record SitesProperties(@DefaultValue Map<String, SiteProperties> sites) {

  /**
   * One site.
   *
   * @param writeKey what its scripts and servers send as user name; no secret, since any visitor
   *     can read it
   * @param origins where its pages are served from, as {@code https://shop.example}; {@code *} for
   *     anywhere. Senders that are no browsers tell no origin and need none
   * @param country whose phone numbers may be written without a country's code
   */
  record SiteProperties(
      String writeKey, @DefaultValue Set<String> origins, @Nullable String country) {}
}
