package io.ripen.channels.email;

import java.time.Duration;

/**
 * How many connections to the SMTP server there are, and how long each lives.
 *
 * @param size the most connections at once
 * @param messagesPerConnection after so many messages a connection is closed; many servers ask for
 *     it
 * @param maxIdle a connection without work for so long is closed
 */
public record SmtpPool(int size, int messagesPerConnection, Duration maxIdle) {

  public SmtpPool {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size + " (expected: >= 1)");
    }
    if (messagesPerConnection < 1) {
      throw new IllegalArgumentException(
          "messagesPerConnection: " + messagesPerConnection + " (expected: >= 1)");
    }
  }
}
