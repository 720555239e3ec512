package io.ripen.app.demo;

import io.ripen.app.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local server as the demo sees it, over HTTP. */
final class LocalApi {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI base;
  private final String writeKey;

  LocalApi(URI base, String writeKey) {
    this.base = base;
    this.writeKey = writeKey;
  }

  /**
   * @param links where the links of the mail lead
   */
  record Mail(String id, String subject, String text, List<String> links) {}

  String url(String path) {
    return base.resolve(path).toString();
  }

  /** Fails with a hint when nobody listens, or somebody else. */
  void requireServer() {
    try {
      HttpRequest clock =
          HttpRequest.newBuilder(base.resolve("/api/local/clock")).timeout(TIMEOUT).build();
      if (client.send(clock, discarding()).statusCode() == 200) {
        return;
      }
    } catch (IOException e) {
      throw new Failure(
          "no server at %s: start one with ./ripen server local, or name it with --url=…"
              .formatted(base),
          e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    throw new Failure(
        "%s is no local server of Ripen's: start one with ./ripen server local".formatted(base));
  }

  void send(List<Map<String, Object>> events) {
    String credentials =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
    exchange(
        post("/v1/batch", Map.of("batch", events)).header("Authorization", "Basic " + credentials));
  }

  void advance(Duration step) {
    exchange(post("/api/local/clock", Map.of("advance", step.toString())));
  }

  /** What is known of the person with this address; nothing before they have left it. */
  Story story(String address) {
    List<Story.Entry> entries = new ArrayList<>();
    for (JsonNode lead : get("/api/leads?email=" + address)) {
      for (JsonNode entry :
          get("/api/leads/%s/timeline".formatted(lead.path("id").asString())).path("entries")) {
        JsonNode data = entry.path("data");
        entries.add(
            new Story.Entry(
                entry.path("kind").asString(),
                data.path(data.has("element") ? "element" : "name").asString(""),
                data.path("state").asString("")));
      }
    }
    return new Story(entries);
  }

  /** The newest first. */
  List<Mail> mailsTo(String address) {
    List<Mail> mails = new ArrayList<>();
    for (JsonNode summary : get("/api/local/mailbox?to=" + address)) {
      String id = summary.path("id").asString();
      JsonNode mail = get("/api/local/mailbox/" + id);
      List<String> links = new ArrayList<>();
      mail.path("links").forEach(link -> links.add(link.asString()));
      mails.add(new Mail(id, mail.path("subject").asString(), mail.path("text").asString(), links));
    }
    return mails;
  }

  /** Clicks a link; where it leads. */
  String follow(String link) {
    try {
      HttpResponse<Void> response =
          client.send(
              HttpRequest.newBuilder(URI.create(link)).timeout(TIMEOUT).build(), discarding());
      return response
          .headers()
          .firstValue("Location")
          .orElseThrow(
              () ->
                  new Failure(
                      "%s answered %d (expected: a redirect)"
                          .formatted(link, response.statusCode())));
    } catch (IOException e) {
      throw new Failure(link + " did not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest.Builder post(String path, Object body) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private JsonNode get(String path) {
    return exchange(HttpRequest.newBuilder(base.resolve(path)));
  }

  private JsonNode exchange(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(TIMEOUT).build();
    try {
      HttpResponse<String> response = client.send(built, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new Failure(
            "%s answered %d: %s".formatted(built.uri(), response.statusCode(), response.body()));
      }
      return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new Failure(built.uri() + " did not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static HttpResponse.BodyHandler<Void> discarding() {
    return HttpResponse.BodyHandlers.discarding();
  }

  private static Failure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new Failure("interrupted", e);
  }
}
