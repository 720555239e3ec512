package io.ripen.app.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The few small requests that we send to our own children. */
final class Http {

  private static final int TIMEOUT_MILLIS = 30_000;

  private Http() {}

  /**
   * The body of the answer.
   *
   * @throws IOException also when the answer is not a good one
   */
  static String exchange(String method, URI address, @Nullable String json) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try {
      connection.setRequestMethod(method);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      if (json != null) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(address + " answered " + connection.getResponseCode());
      }
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
