package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a visit came from, told from the page's address, the referrer and the campaign (the
 * channels are those of the usual web analytics' default groupings).
 */
final class Sources {

  private static final Pattern SEARCH =
      Pattern.compile("(^|\\.)(google|bing|yandex|duckduckgo|yahoo|baidu|ecosia|seznam)\\.");
  private static final Pattern SOCIAL =
      Pattern.compile(
          "(^|\\.)(facebook|instagram|linkedin|twitter|x|t|tiktok|pinterest|reddit|youtube|vk|ok)"
              + "\\.(com|co|ru)$");
  private static final Set<String> PAID =
      Set.of("cpc", "ppc", "paid", "paidsearch", "paidsocial", "paid_social", "display", "cpm");
  private static final List<String> CLICK_IDS =
      List.of("gclid", "fbclid", "msclkid", "yclid", "ttclid", "li_fat_id");
  private static final Set<String> PAID_CLICK_IDS = Set.of("gclid", "msclkid", "yclid");

  private Sources() {}

  /** The source as JSON: channel, source, medium, campaign, term, content, referrer, clickId. */
  static String of(Event event) {
    JsonNode page = event.context().path("page");
    JsonNode campaign = event.context().path("campaign");
    String referrer = host(page.path("referrer").asString(""));
    String here = host(page.path("url").asString(""));
    String query = page.path("search").asString("");
    String clickId =
        CLICK_IDS.stream().filter(id -> query.contains(id + "=")).findFirst().orElse(null);
    String medium = campaign.path("medium").asString("").toLowerCase(Locale.ROOT);

    ObjectNode source = JsonMapper.shared().createObjectNode();
    source.put("channel", channel(medium, clickId, referrer, here));
    put(source, "source", campaign.path("source").asString(referrer == null ? "" : referrer));
    put(source, "medium", medium);
    put(source, "campaign", campaign.path("name").asString(""));
    put(source, "term", campaign.path("term").asString(""));
    put(source, "content", campaign.path("content").asString(""));
    put(source, "referrer", referrer == null ? "" : referrer);
    put(source, "clickId", clickId == null ? "" : clickId);
    return source.toString();
  }

  private static String channel(
      String medium, @Nullable String clickId, @Nullable String referrer, @Nullable String here) {
    if (PAID.contains(medium) || (clickId != null && PAID_CLICK_IDS.contains(clickId))) {
      return "paid";
    }
    if (medium.equals("email") || medium.equals("e-mail")) {
      return "email";
    }
    if (medium.contains("social") || (referrer != null && SOCIAL.matcher(referrer).find())) {
      return "social";
    }
    if (medium.equals("organic") || (referrer != null && SEARCH.matcher(referrer).find())) {
      return "organic";
    }
    return referrer == null || referrer.equals(here) ? "direct" : "referral";
  }

  private static @Nullable String host(String url) {
    try {
      String host = URI.create(url).getHost();
      return host == null ? null : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void put(ObjectNode source, String name, String value) {
    if (!value.isEmpty()) {
      source.put(name, value.length() > 200 ? value.substring(0, 200) : value);
    }
  }
}
