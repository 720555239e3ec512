package io.ripen.engine.leadads;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may tell of leads.
 *
 * @param leadAds by name, which is the end of the webhook's address and the leads' source
 */
@ConfigurationProperties("ripen")
record LeadAdsProperties(@DefaultValue Map<String, Platform> leadAds) {

  /**
   * One platform.
   *
   * @param kind whose language it speaks
   * @param key what proves that it is the platform: Google's key, Meta's app secret, or the value
   *     of the header {@code X-Ripen-Key}
   * @param verifyToken what Meta says when it asks whether we are there
   * @param accessToken what Meta's Graph API lets us in by
   * @param graphUrl where Meta's Graph API is
   * @param medium of the leads' source, which makes their channel: {@code cpc}, {@code paid_social}
   * @param country whose phone numbers may be written without a country's code
   * @param consent what everybody agrees to who sends one of these forms, as {@code
   *     email:marketing}
   * @param consentForms the platform's ids of the forms that nobody can send without agreeing;
   *     there with consent
   * @param consentWording the words that they agree to, which are the proof; there with consent
   */
  record Platform(
      Kind kind,
      String key,
      @Nullable String verifyToken,
      @Nullable String accessToken,
      @DefaultValue("https://graph.facebook.com/v23.0") URI graphUrl,
      @DefaultValue("cpc") String medium,
      @Nullable String country,
      @DefaultValue List<String> consent,
      @DefaultValue List<String> consentForms,
      @Nullable String consentWording) {

    /** What an address that came with a lead of these forms agreed to. */
    Set<Agreed> agreed() {
      return Agreed.all(consent);
    }

    /** What an address that came with this lead agreed to: nothing in any other form. */
    Set<Agreed> agreed(Told lead) {
      boolean isSaid = !lead.form().isEmpty() && consentForms.contains(lead.form());
      return isSaid && lead.tickedAll() ? agreed() : Set.of();
    }
  }

  /** Whose language a platform speaks. */
  enum Kind {
    /** Google Ads' lead form webhook. */
    GOOGLE,
    /** Meta's leadgen webhook, which tells ids only. */
    META,
    /** One JSON object of texts for each lead. */
    JSON
  }
}
