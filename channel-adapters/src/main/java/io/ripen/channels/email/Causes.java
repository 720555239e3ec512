package io.ripen.channels.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.eclipse.angus.mail.util.SocketConnectException;
import org.jspecify.annotations.Nullable;

/** What broke, in our own words: those of an exception could hold personal data. */
final class Causes {

  private Causes() {}

  static String of(MessagingException failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      String words = words(cause);
      if (words != null) {
        return words;
      }
      deepest = cause;
    }
    return deepest instanceof MessagingException
        ? "the server closed it"
        : deepest.getClass().getSimpleName();
  }

  private static @Nullable String words(Throwable cause) {
    return switch (cause) {
      case UnknownHostException e -> "unknown host";
      case SocketTimeoutException e -> "no answer in time";
      case NoRouteToHostException e -> "no route to the host";
      case ConnectException e -> "connection refused";
      case SSLException e -> "TLS: " + e.getMessage();
      case AuthenticationFailedException e -> "login failed";
      default -> null;
    };
  }

  private static @Nullable Throwable next(Throwable cause) {
    return switch (cause) {
      case MailConnectException e -> e.getNextException();
      case SocketConnectException e -> e.getException();
      case MessagingException e -> e.getNextException();
      default -> cause.getCause();
    };
  }
}
