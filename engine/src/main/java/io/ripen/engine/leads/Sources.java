package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a visit came from, told from the campaign, the page's address and the referrer (the
 * channels are those of the usual web analytics' default groupings).
 */
final class Sources {

  /**
   * @param json {@code channel} (direct, organic, referral, social, paid, email, import), {@code
   *     source, medium, campaign, term, content, referrer, landingPage, clickId} (its name) and
   *     {@code clickIdValue}, as far as known
   */
  record Source(String json, boolean isDirect) {}

  private static final Pattern SEARCH =
      Pattern.compile("(^|\\.)(google|bing|yandex|duckduckgo|yahoo|baidu|ecosia|seznam)\\.");
  private static final Pattern SOCIAL =
      Pattern.compile(
          "(^|\\.)(facebook|instagram|linkedin|twitter|x|t|tiktok|pinterest|reddit|youtube|vk|ok)"
              + "\\.(com|co|ru)$");
  private static final Pattern MAIL =
      Pattern.compile("^(mail\\.|webmail\\.|outlook\\.(live|office))|(^|\\.)mail\\.ru$");
  private static final Set<String> PAID =
      Set.of(
          "cpc",
          "ppc",
          "cpm",
          "paid",
          "paidsearch",
          "paid_search",
          "paidsocial",
          "paid_social",
          "display",
          "banner",
          "retargeting");
  private static final List<String> CLICK_IDS =
      List.of(
          "gclid",
          "gbraid",
          "wbraid",
          "msclkid",
          "yclid",
          "fbclid",
          "ttclid",
          "twclid",
          "li_fat_id");
  private static final Set<String> PAID_CLICK_IDS =
      Set.of("gclid", "gbraid", "wbraid", "msclkid", "yclid");
  private static final int LONGEST = 200;
  private static final int LONGEST_CLICK_ID = 500;

  private static final String IMPORT = "import";

  private Sources() {}

  /**
   * Whether a list of contacts tells it, and so nobody was there: {@code context.channel}, in which
   * the Segment spec says what kind of program sends.
   */
  static boolean isImport(Event event) {
    return text(event.context().path("channel")).equals(IMPORT);
  }

  /** Whether the event tells a campaign, so that it counts in the middle of a visit, too. */
  static boolean isCampaign(Event event) {
    if (event.context().get("campaign") instanceof ObjectNode campaign) {
      return !campaign.isEmpty();
    }
    String address = text(page(event).path("url")) + text(page(event).path("search"));
    return address.contains("utm_") || CLICK_IDS.stream().anyMatch(address::contains);
  }

  static Source of(Event event) {
    JsonNode page = page(event);
    JsonNode campaign = event.context().path("campaign");
    Map<String, String> query = query(page);
    String referrer = host(text(page.path("referrer")));
    String here = host(text(page.path("url")));
    String clickId =
        CLICK_IDS.stream()
            .filter(id -> campaign.has(id) || query.containsKey(id))
            .findFirst()
            .orElse(null);
    String source = told(campaign.path("source"), query.get("utm_source"));
    String medium = told(campaign.path("medium"), query.get("utm_medium")).toLowerCase(Locale.ROOT);
    boolean isFromHere = referrer != null && referrer.equals(here);
    String from = isFromHere ? null : referrer;
    String channel = channel(source, medium, clickId, from);

    ObjectNode json = JsonMapper.shared().createObjectNode().put("channel", channel);
    put(json, "source", source.isEmpty() && from != null ? from : source);
    put(json, "medium", medium);
    put(json, "campaign", told(campaign.path("name"), query.get("utm_campaign")));
    put(json, "term", told(campaign.path("term"), query.get("utm_term")));
    put(json, "content", told(campaign.path("content"), query.get("utm_content")));
    put(json, "referrer", from == null ? "" : from);
    put(json, "landingPage", text(page.path("path")));
    if (clickId != null) {
      json.put("clickId", clickId);
      String value = told(campaign.path(clickId), query.get(clickId));
      // Half of one is of no use to the platform that gave it.
      put(json, "clickIdValue", value.length() > LONGEST_CLICK_ID ? "" : value, LONGEST_CLICK_ID);
    }
    return new Source(json.toString(), channel.equals("direct"));
  }

  /**
   * Whether both tell of the same coming. The tracker tells the campaign with all that is done on
   * the pages after it, too, and those are not where the visitor landed.
   */
  static boolean isSame(@Nullable String kept, Source now) {
    return kept != null && withoutPlace(kept).equals(withoutPlace(now.json()));
  }

  private static ObjectNode withoutPlace(String source) {
    var json = (ObjectNode) JsonMapper.shared().readTree(source);
    return json.without(List.of("landingPage", "referrer"));
  }

  private static String channel(
      String source, String medium, @Nullable String clickId, @Nullable String referrer) {
    if (medium.equals(IMPORT)) {
      return IMPORT;
    }
    if (PAID.contains(medium) || (clickId != null && PAID_CLICK_IDS.contains(clickId))) {
      return "paid";
    }
    if (Set.of("email", "e-mail", "newsletter").contains(medium)
        || (referrer != null && MAIL.matcher(referrer).find())) {
      return "email";
    }
    if (medium.contains("social") || (referrer != null && SOCIAL.matcher(referrer).find())) {
      return "social";
    }
    if (medium.equals("organic") || (referrer != null && SEARCH.matcher(referrer).find())) {
      return "organic";
    }
    return referrer == null && source.isEmpty() && clickId == null ? "direct" : "referral";
  }

  private static JsonNode page(Event event) {
    return event.context().path("page");
  }

  private static Map<String, String> query(JsonNode page) {
    String search = text(page.path("search"));
    if (search.isEmpty()) {
      String url = text(page.path("url"));
      search = url.substring(Math.max(url.indexOf('?'), 0));
    }
    Map<String, String> query = new HashMap<>();
    for (String pair : search.replaceFirst("^\\?", "").replaceFirst("#.*", "").split("&", 50)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static @Nullable String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? null : host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String told(JsonNode campaign, @Nullable String inAddress) {
    String told = text(campaign);
    return told.isEmpty() && inAddress != null ? inAddress : told;
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }

  private static void put(ObjectNode source, String name, String value) {
    put(source, name, value, LONGEST);
  }

  /** Cut and without what PostgreSQL cannot hold: a percent escape may have hidden it. */
  private static void put(ObjectNode source, String name, String value, int longest) {
    if (!value.isEmpty()) {
      String cut = value.length() > longest ? value.substring(0, longest) : value;
      source.put(name, cut.replaceAll("[\\x00\\p{Cs}]", "\uFFFD"));
    }
  }
}
