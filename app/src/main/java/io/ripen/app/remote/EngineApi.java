package io.ripen.app.remote;

import io.ripen.app.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the console's password opens of an engine. */
public final class EngineApi {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;
  private final @Nullable String password;

  public EngineApi(URI base, @Nullable String password) {
    if (base.getHost() == null) {
      throw new Failure(
          "%s is no address of an engine (expected: such as http://localhost:8090)"
              .formatted(base));
    }
    this.base = base;
    this.password = password;
  }

  /** An engine that is away, or not fit at the moment: the same request may do later. */
  public static final class Away extends Exception {

    private static final long serialVersionUID = 1L;

    Away(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * What the engine answers to a {@code GET}.
   *
   * @throws Failure when the engine understands and does not do it, or is none
   */
  public JsonNode get(String path) throws Away {
    return exchange(request(path).GET());
  }

  /** As {@link #get(String)}, of an answer that may take longer. */
  public JsonNode get(String path, Duration timeout) throws Away {
    return exchange(request(path).timeout(timeout).GET());
  }

  /** What the engine answers to an empty {@code POST}; else as {@link #get}. */
  public JsonNode post(String path) throws Away {
    return post(path, Map.of());
  }

  /** What the engine answers to a {@code POST} of this as JSON; else as {@link #get}. */
  public JsonNode post(String path, Object body) throws Away {
    return exchange(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    if (password != null) {
      byte[] pair = ("ripen:" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return request;
  }

  private JsonNode exchange(HttpRequest.Builder request) throws Away {
    HttpRequest built = request.build();
    try {
      HttpResponse<String> answer = http.send(built, BodyHandlers.ofString());
      int status = answer.statusCode();
      if (status == 401) {
        throw new Failure(
            "the engine at %s wants its console's password (expected: --password, or the"
                    .formatted(base)
                + " environment variable RIPEN_CONSOLE_PASSWORD)");
      }
      if (status >= 500) {
        throw new Away(
            "%s answered %d: %s".formatted(built.uri(), status, reason(answer.body())), null);
      }
      if (status / 100 != 2) {
        throw new Failure(
            "%s answered %d: %s".formatted(built.uri(), status, reason(answer.body())));
      }
      return JsonMapper.shared().readTree(answer.body());
    } catch (HttpConnectTimeoutException e) {
      throw noEngine(e);
    } catch (HttpTimeoutException e) {
      throw new Away(
          "%s gave no answer within %,d seconds (expected: an engine and a database that are not"
                  .formatted(built.uri(), built.timeout().orElse(TIMEOUT).toSeconds())
              + " too busy; try again later)",
          e);
    } catch (IOException e) {
      throw noEngine(e);
    } catch (JacksonException e) {
      throw new Failure("%s is no engine of Ripen's: it answers no JSON".formatted(base), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private Away noEngine(IOException e) {
    return new Away(
        "no engine at %s (expected: one that runs, as by ./ripen server local, or another --url)"
            .formatted(base),
        e);
  }

  /** The words of a problem's description (RFC 9457), else what came. */
  private static String reason(String body) {
    try {
      return JsonMapper.shared().readTree(body).path("detail").asString(body);
    } catch (JacksonException e) {
      return body.strip();
    }
  }
}
