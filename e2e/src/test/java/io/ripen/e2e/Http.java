package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ripen's HTTP side. */
final class Http {

  static final String MAIL_SECRET = "a secret of the mail server";
  static final String WRITE_KEY = "local-shop";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI base;
  private final String password;

  Http(int port) {
    this(port, "");
  }

  /**
   * @param password the console's, or empty where it has none
   */
  Http(int port, String password) {
    this(URI.create("http://localhost:" + port), password);
  }

  /**
   * @param password the console's, or empty where it has none
   */
  Http(URI base, String password) {
    this.base = base;
    this.password = password;
  }

  /** The console's, or empty where it has none. */
  String password() {
    return password;
  }

  URI uri(String path) {
    return base.resolve(path);
  }

  /** Posts events as Segment's SDKs do. */
  HttpResponse<String> post(List<Map<String, Object>> events) {
    return send(
        HttpRequest.newBuilder(uri("/v1/batch"))
            .header("Authorization", basic(WRITE_KEY, ""))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.writeValueAsString(Map.of("batch", events)))));
  }

  HttpResponse<String> get(String address) {
    return send(asOneOfUs(address));
  }

  /** With what proves who asks. */
  HttpResponse<String> get(String address, String authorization) {
    return send(
        HttpRequest.newBuilder(base.resolve(address)).header("Authorization", authorization));
  }

  HttpResponse<String> post(String address, String type, String body) {
    return post(address, type, body, Map.of());
  }

  HttpResponse<String> post(String address, String type, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        asOneOfUs(address)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  /** Hands a message over as the mail server does that it came to. */
  HttpResponse<String> deliver(String message) {
    return send(
        HttpRequest.newBuilder(base.resolve("/hooks/channels/email"))
            .header("Content-Type", "message/rfc822")
            .header("Authorization", "Bearer " + MAIL_SECRET)
            .POST(HttpRequest.BodyPublishers.ofString(message)));
  }

  /** Submits the form of a page, as a person's browser does. */
  HttpResponse<String> submit(String address) {
    return send(
        HttpRequest.newBuilder(base.resolve(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0")
            .POST(HttpRequest.BodyPublishers.ofString("")));
  }

  private HttpRequest.Builder asOneOfUs(String address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(address));
    return password.isEmpty() ? request : request.header("Authorization", basic("tests", password));
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
