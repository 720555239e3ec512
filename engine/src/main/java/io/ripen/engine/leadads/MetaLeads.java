package io.ripen.engine.leadads;

import io.ripen.engine.leadads.LeadAdsProperties.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fetches the leads that Meta's webhook tells the ids of, from its Graph API. Safe for use by many
 * threads.
 */
final class MetaLeads {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final String FORM = "form_id";
  private static final String BOXES = "custom_disclaimer_responses";
  private static final String FIELDS =
      String.join(",", "id,created_time,ad_id,campaign_id,field_data", FORM, BOXES);
  private static final Set<String> TICKED = Set.of("1", "true");

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_WITHIN)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** The ids in a webhook's body. */
  static List<String> ids(JsonNode body) {
    List<String> ids = new ArrayList<>();
    for (JsonNode entry : body.path("entry").values()) {
      for (JsonNode change : entry.path("changes").values()) {
        if (change.path("field").asString("").equals("leadgen")) {
          ids.add(change.path("value").path("leadgen_id").asString(""));
        }
      }
    }
    ids.removeIf(String::isEmpty);
    return ids;
  }

  /**
   * Fetches one.
   *
   * @throws Refusal when Meta does not hand it out, so that it tells us again, later
   */
  Told fetch(Platform platform, String id) throws Refusal {
    URI url =
        URI.create(
            "%s/%s?fields=%s"
                .formatted(
                    platform.graphUrl(), URLEncoder.encode(id, StandardCharsets.UTF_8), FIELDS));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER_WITHIN)
            .header("Authorization", "Bearer " + platform.accessToken())
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != HttpStatus.OK.value()) {
        throw later("the Graph API answered %d".formatted(answer.statusCode()));
      }
      return read(JsonMapper.shared().readTree(answer.body()), id);
    } catch (IOException | JacksonException e) {
      throw later("the Graph API cannot be asked (%s)".formatted(e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw later("the engine stops");
    }
  }

  private static Told read(JsonNode lead, String id) {
    Fields fields = new Fields();
    for (JsonNode field : lead.path("field_data").values()) {
      List<String> values =
          field.path("values").values().stream().map(value -> value.asString("")).toList();
      fields.add(field.path("name").asString(""), String.join(", ", values));
    }
    List.of(FORM, "campaign_id", "ad_id")
        .forEach(name -> fields.add(name, lead.path(name).asString("")));
    return fields.told(id, lead.path(FORM).asString(""), tickedAll(lead));
  }

  /** Which box stands for which words is not told: whoever leaves one empty is taken for a no. */
  private static boolean tickedAll(JsonNode lead) {
    return lead.path(BOXES).values().stream()
        .allMatch(box -> TICKED.contains(box.path("is_checked").asString("")));
  }

  private static Refusal later(String why) {
    return new Refusal(
        HttpStatus.SERVICE_UNAVAILABLE, why + " (expected: the same request again, later)");
  }
}
