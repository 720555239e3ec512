package io.ripen.app.imports;

import io.ripen.app.Failure;
import io.ripen.app.imports.Batch.Refused;
import io.ripen.app.imports.Batch.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The door for events of a running engine, through which all rows go. */
public final class Door {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI url;
  private final String credentials;
  private final Duration patience;

  /**
   * @param patience how long an engine that is away or busy is waited for
   */
  public Door(URI engine, String writeKey, Duration patience) {
    this.url = engine.resolve("/v1/batch");
    this.patience = patience;
    this.credentials =
        Base64.getEncoder().encodeToString((writeKey + ":").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Hands rows in, in their order. Returns when Kafka has all that are taken.
   *
   * @return those that are not
   * @throws Failure when the door does not open; some of the rows may have gone through
   */
  List<Refused> send(List<Said> rows, ObjectNode context) {
    if (rows.isEmpty()) {
      return List.of();
    }
    HttpResponse<String> answer = patiently(body(rows, context));
    return switch (answer.statusCode()) {
      case 200 -> List.of();
      case 400, 413 -> rows.size() > 1 ? inHalves(rows, context) : List.of(refused(rows, answer));
      case 401, 403 ->
          throw new Failure(
              "%s does not let us in: %s (expected: --write-key with that of one of the engine's ripen.sites)"
                  .formatted(url, reason(answer)));
      default ->
          throw new Failure(
              "%s answered %d: %s".formatted(url, answer.statusCode(), reason(answer)));
    };
  }

  /** What was good of it has gone through already, and counts once. */
  private List<Refused> inHalves(List<Said> rows, ObjectNode context) {
    int half = rows.size() / 2;
    List<Refused> refused = new ArrayList<>(send(rows.subList(0, half), context));
    refused.addAll(send(rows.subList(half, rows.size()), context));
    return refused;
  }

  private static Refused refused(List<Said> rows, HttpResponse<String> answer) {
    return new Refused(rows.getFirst().row(), "the engine does not take it: " + reason(answer));
  }

  private HttpResponse<String> patiently(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Authorization", "Basic " + credentials)
            .POST(BodyPublishers.ofString(body))
            .build();
    long began = System.nanoTime();
    while (true) {
      String why;
      try {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 429 && answer.statusCode() < 500) {
          return answer;
        }
        why = "answered %d: %s".formatted(answer.statusCode(), reason(answer));
      } catch (IOException e) {
        why = "did not answer";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("interrupted", e);
      }
      if (System.nanoTime() - began > patience.toNanos()) {
        throw new Failure(
            "%s %s, for %d s; what is sent is safe".formatted(url, why, patience.toSeconds()));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static String body(List<Said> rows, ObjectNode context) {
    var body = new StringBuilder("{\"context\":").append(context).append(",\"batch\":[");
    String comma = "";
    for (Said row : rows) {
      for (String event : row.events()) {
        body.append(comma).append(event);
        comma = ",";
      }
    }
    return body.append("]}").toString();
  }

  private static String reason(HttpResponse<String> answer) {
    try {
      return JsonMapper.shared().readTree(answer.body()).path("message").asString(answer.body());
    } catch (JacksonException e) {
      return answer.body().strip();
    }
  }
}
