package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The JDK's client, which posts the same each time. */
final class BareHttp implements Bare {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI url;
  private final String body;

  BareHttp(URI url, String body) {
    this.url = url;
    this.body = body;
  }

  @Override
  public void run(int caller, int number) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new Failure("the sink answered " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
