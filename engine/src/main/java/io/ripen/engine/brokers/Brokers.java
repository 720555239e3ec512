package io.ripen.engine.brokers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Zeebe's brokers, by the management address of a gateway. Safe for use by many threads. */
public final class Brokers {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final String PAUSE = "/actuator/exporting/pause";
  private static final String RESUME = "/actuator/exporting/resume";

  /** Where backups are made: in Camunda 8.8 and newer, and before. */
  private static final List<String> BACKUPS =
      List.of("/actuator/backupRuntime", "/actuator/backups");

  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI address;

  public Brokers(URI address) {
    this.address = address;
  }

  /** Zeebe has not done what it was asked for, or nobody knows whether it has. */
  public static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private Refused(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** How far a backup has come. */
  public enum Progress {
    /** Nobody can say: a broker or its store does not answer now. */
    UNKNOWN,
    /** Not every partition has begun. */
    BEGINNING,
    /** Every partition has set its mark: what happens from now on is not in it. */
    MARKED,
    COMPLETED
  }

  /** Has all exporters stop; what they have told by then is acknowledged, and nothing else is. */
  public void pauseExporting() throws Refused {
    JsonNode unused = good("POST", PAUSE, "");
  }

  /** Lets exporters go on; where they do, changes nothing. */
  public void resumeExporting() throws Refused {
    JsonNode unused = good("POST", RESUME, "");
  }

  /** What a person types to have exporters go on. */
  public static String byHand(URI address) {
    return "curl -X POST " + address.resolve(RESUME);
  }

  /**
   * Finds out whether backups can be made.
   *
   * @return the path at which they are
   */
  public String requireBackups() throws Refused {
    for (String path : BACKUPS) {
      HttpResponse<String> answer = exchange("GET", path, null);
      if (answer.statusCode() != NOT_FOUND) {
        if (answer.statusCode() >= 300) {
          throw new Refused(
              "Zeebe cannot make backups: %s. Has it a store for them (ZEEBE_BROKER_DATA_BACKUP_STORE)? docs/backup.md says how"
                  .formatted(words(answer, path)),
              null);
        }
        return path;
      }
    }
    throw new Refused(
        "%s knows neither %s (expected: the management address of a Zeebe gateway, usually on port 9600)"
            .formatted(address, String.join(" nor ", BACKUPS)),
        null);
  }

  /**
   * Has every partition set its mark and copy itself, which goes on afterwards.
   *
   * @param path as {@link #requireBackups} found it
   */
  public void backUp(String path, long id) throws Refused {
    JsonNode unused = good("POST", path, "{\"backupId\": %d}".formatted(id));
  }

  /**
   * How far it is.
   *
   * @throws Refused also where it has failed
   */
  public Progress progress(String path, long id) throws Refused {
    HttpResponse<String> answer;
    try {
      answer = exchange("GET", path + "/" + id, null);
    } catch (Refused e) {
      if (e.getCause() instanceof IOException) {
        return Progress.UNKNOWN;
      }
      throw e;
    }
    if (answer.statusCode() == NOT_FOUND) {
      return Progress.BEGINNING;
    }
    if (answer.statusCode() >= SERVER_ERROR) {
      return Progress.UNKNOWN;
    }
    JsonNode backup = body(answer, path);
    return switch (backup.path("state").asString("")) {
      case "COMPLETED" -> Progress.COMPLETED;
      case "IN_PROGRESS" -> Progress.MARKED;
      case "FAILED", "INCOMPATIBLE" ->
          throw new Refused("Zeebe's backup %d has failed: %s".formatted(id, backup), null);
      default -> Progress.BEGINNING;
    };
  }

  private JsonNode good(String method, String path, String body) throws Refused {
    return body(exchange(method, path, body), path);
  }

  private JsonNode body(HttpResponse<String> answer, String path) throws Refused {
    if (answer.statusCode() >= 300) {
      throw new Refused(words(answer, path), null);
    }
    try {
      return JsonMapper.shared().readTree(answer.body().isEmpty() ? "{}" : answer.body());
    } catch (JacksonException e) {
      throw new Refused(words(answer, path), e);
    }
  }

  private String words(HttpResponse<String> answer, String path) {
    return "%s answered %d %s"
        .formatted(address.resolve(path), answer.statusCode(), answer.body().strip());
  }

  private HttpResponse<String> exchange(String method, String path, @Nullable String body)
      throws Refused {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(ANSWER_WITHIN)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Refused("%s does not answer: %s".formatted(address.resolve(path), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("interrupted", e);
    }
  }
}
