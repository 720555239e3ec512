package io.ripen.engine.leadads;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What Google Ads' lead form webhook tells: {@code lead_id}, {@code user_column_data} and ids of
 * campaign and form, as Google documents it.
 */
final class GoogleAds {

  /** What the address of a page that the click had led to would call {@code gclid}. */
  static final String CLICK_ID = "gcl_id";

  private static final String FORM = "form_id";

  private static final List<String> ABOUT =
      List.of(FORM, "campaign_id", "adgroup_id", "creative_id", CLICK_ID);

  private GoogleAds() {}

  static Told read(JsonNode body) {
    Fields fields = new Fields();
    for (JsonNode column : body.path("user_column_data").values()) {
      String id = column.path("column_id").asString("");
      String name = id.isEmpty() ? column.path("column_name").asString("") : id;
      fields.add(name, column.path("string_value").asString(""));
    }
    ABOUT.forEach(name -> fields.add(name, body.path(name).asString("")));
    return fields.told(
        body.path("lead_id").asString(""), body.path(FORM).asString(""), /* tickedAll= */ true);
  }

  /** Somebody tries it out in Google Ads: it is no lead. */
  static boolean isTest(JsonNode body) {
    return body.path("is_test").asBoolean(false);
  }
}
