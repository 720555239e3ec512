package io.ripen.engine.leadads;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.leadads.LeadAdsProperties.Kind;
import io.ripen.engine.leadads.LeadAdsProperties.Platform;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Puts the webhooks for leads together. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(LeadAdsProperties.class)
class LeadAdsConfiguration {

  /**
   * @throws IllegalArgumentException when a platform lacks what it needs, naming the property
   */
  @Bean
  LeadAdsController leadAdsController(
      LeadAdsProperties properties,
      RipenProperties ripen,
      EventJson json,
      EventPublisher publisher,
      Clock clock) {
    Map<String, Platform> platforms = properties.leadAds();
    platforms.forEach(LeadAdsConfiguration::check);
    var ids = new ContactIds(ContactIds.key(ripen.signingKey()));
    return new LeadAdsController(
        platforms, new MetaLeads(), new TellLead(ids, json, publisher, clock), json);
  }

  static void check(String source, Platform platform) {
    @Nullable Kind kind = platform.kind();
    if (kind == null) {
      throw missing(source, "kind", "google, meta or json");
    }
    require(source, "key", platform.key());
    if (kind == Kind.META) {
      require(source, "verify-token", platform.verifyToken());
      require(source, "access-token", platform.accessToken());
    }
    String country = platform.country();
    if (country != null && !PhoneNumber.isCountry(country.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "ripen.lead-ads.%s.country is '%s' (expected: two letters, such as DE)"
              .formatted(source, country));
    }
    consent(source, platform);
  }

  private static void consent(String source, Platform platform) {
    try {
      platform.agreed();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ripen.lead-ads.%s.consent is %s".formatted(source, e.getMessage()), e);
    }
    String wording = platform.consentWording();
    boolean isMissing = platform.consent().isEmpty();
    if (isMissing != (wording == null || wording.isBlank())
        || isMissing != platform.consentForms().stream().allMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "ripen.lead-ads.%1$s.consent, ripen.lead-ads.%1$s.consent-forms and ripen.lead-ads.%1$s.consent-wording go together (expected: what people allow there, the ids of the forms that nobody can send without allowing it, and the words that they agree to, which are the proof)"
              .formatted(source));
    }
  }

  private static void require(String source, String property, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw missing(source, property, "what the platform was told");
    }
  }

  private static IllegalArgumentException missing(String source, String property, String expected) {
    return new IllegalArgumentException(
        "ripen.lead-ads.%s.%s is missing (expected: %s)".formatted(source, property, expected));
  }
}
