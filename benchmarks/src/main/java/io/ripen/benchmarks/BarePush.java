package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import io.ripen.app.Failure;
import io.ripen.channels.webpush.PushKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** The library that encrypts and signs for push services, over the JDK's client. */
final class BarePush implements Bare {

  /** Of the browser that all leads have. */
  static final byte[] AUTH = new byte[16];

  private static final int DAY = 86_400;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI endpoint;
  private final byte[] notification;
  private final byte[] key;
  private final WebPush encryption;

  /**
   * @param size of a notification of Ripen's, encrypted
   * @param keys whose public one is that of the browser, too
   */
  BarePush(URI endpoint, int size, PushKeys keys) {
    this.endpoint = endpoint;
    this.notification = "n".repeat(Math.max(1, size - 103)).getBytes(UTF_8);
    this.key = Base64.getUrlDecoder().decode(keys.publicKey());
    this.encryption =
        new WebPush(
            keys.subject(), VapidKeys.fromUncompressedBytes(keys.publicKey(), keys.privateKey()));
  }

  @Override
  public void run(int caller, int number) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .POST(BodyPublishers.ofByteArray(encryption.getBody(notification, key, AUTH)));
    encryption
        .getHeaders(endpoint.toString(), DAY, null, WebPush.Urgency.Normal)
        .forEach(request::setHeader);
    int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
    if (status >= 300) {
      throw new Failure("the sink answered " + status);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
