package io.ripen.channels.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What broke, in our own words: those of an exception could hold an address with its secrets. */
final class Causes {

  private Causes() {}

  static String of(Throwable failure) {
    String words = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String deeper = words(cause);
      words = deeper == null ? words : deeper;
    }
    return words == null ? "the connection was lost" : words;
  }

  private static @Nullable String words(Throwable cause) {
    return switch (cause) {
      case UnknownHostException e -> "unknown host";
      case UnresolvedAddressException e -> "unknown host";
      case HttpConnectTimeoutException e -> "no connection in time";
      case HttpTimeoutException e -> "no answer in time";
      case NoRouteToHostException e -> "no route to the host";
      case ConnectException e -> "connection refused";
      case SSLException e -> "TLS: " + e.getMessage();
      default -> null;
    };
  }
}
