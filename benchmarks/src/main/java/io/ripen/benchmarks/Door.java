package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Posts batches of events as Segment's SDKs do, over connections that stay open. */
final class Door implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest.Builder request;

  Door(int port) {
    byte[] user = (Deployment.WRITE_KEY + ":").getBytes(StandardCharsets.US_ASCII);
    request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/batch"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user))
            .header("Content-Type", "application/json");
  }

  /** Returns when the events are accepted. */
  void post(byte[] batch) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            request.copy().POST(HttpRequest.BodyPublishers.ofByteArray(batch)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new Failure(
          "the door answered %d: %s (expected: 200)".formatted(answer.statusCode(), answer.body()));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
