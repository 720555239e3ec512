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
   * The body of the answer. The request is sent once.
   *
   * @throws Refused when the answer is not a good one
   * @throws IOException when there is none; what was asked for may be done all the same
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
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        // The JDK silently repeats a POST whose answer is lost, unless its length is told before.
        connection.setFixedLengthStreamingMode(body.length);
        connection.getOutputStream().write(body);
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new Refused(address + " answered " + connection.getResponseCode());
      }
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }

  /** There was an answer, and it was no. */
  static final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    private Refused(String message) {
      super(message);
    }
  }
}
