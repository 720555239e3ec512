package io.ripen.engine.steps;

import io.ripen.channels.guarded.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How flows call other systems.
 *
 * @param secret what all receivers know our calls by, {@code whsec_…} as in the Standard Webhooks;
 *     without it each has one of its own, which {@code ./ripen webhooks secret} prints
 * @param formerSecret the one before, which calls are signed with, too, while it is changed
 * @param useBy how long a call is tried, where its flow says nothing
 * @param messagesPerSecond what this process may call at most of each receiver
 * @param connectTimeout how long a connection may take to open
 * @param answerTimeout how long all of a call may take
 */
@ConfigurationProperties("ripen.webhooks")
record WebhooksProperties(
    @Nullable String secret,
    @Nullable String formerSecret,
    @DefaultValue("48h") Duration useBy,
    @DefaultValue("50") int messagesPerSecond,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("20s") Duration answerTimeout) {

  /** Fewer than a third of the jobs that a worker has in hand. */
  private static final int CONCURRENT = 10;

  /** Who waits long keeps others from being called. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private static final int FAILURES = 10;
  private static final Duration OPEN_FOR = Duration.ofSeconds(30);

  /** What one receiver can bear, and what one that is away may hold up of the others. */
  Limits limits() {
    return new Limits(
        messagesPerSecond, Duration.ofSeconds(1), CONCURRENT, LONGEST_WAIT, FAILURES, OPEN_FOR);
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "WebhooksProperties[useBy=%s]".formatted(useBy);
  }
}
