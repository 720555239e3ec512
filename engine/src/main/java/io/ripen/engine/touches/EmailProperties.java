package io.ripen.engine.touches;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How e-mail is sent. The server itself is {@code spring.mail.*}.
 *
 * @param from the From address; must be set where there are workers
 * @param fromName the name to show beside it
 * @param replyTo where replies go, if not to the From address
 * @param connections how many connections to the server there are at most
 * @param messagesPerConnection after so many messages a connection is closed
 * @param maxIdle a connection without work for so long is closed
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long the server may take for each answer
 * @param lease how long a worker may take up to the end of the message before another may take over
 */
@ConfigurationProperties("ripen.email")
record EmailProperties(
    @Nullable String from,
    @Nullable String fromName,
    @Nullable String replyTo,
    @DefaultValue("8") int connections,
    @DefaultValue("100") int messagesPerConnection,
    @DefaultValue("30s") Duration maxIdle,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("2m") Duration answerTimeout,
    @DefaultValue("4m") Duration lease) {

  /** After the hand-over the rest of the message is written, and then the answer is read. */
  Duration answerLease() {
    return answerTimeout.multipliedBy(2).plusSeconds(5);
  }
}
