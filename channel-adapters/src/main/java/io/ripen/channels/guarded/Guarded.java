package io.ripen.channels.guarded;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a channel within what its provider can bear. Who has to wait too long is told when to come
 * back, before the hand-over begins; so is everybody while the provider fails or has asked to be
 * left alone.
 *
 * @param <M> what the channel sends
 */
public final class Guarded<M> implements Channel<M> {

  private static final Duration SHORTLY = Duration.ofSeconds(1);

  private final Channel<M> channel;
  private final Duration busy;
  private final Bulkhead places;
  private final RateLimiter turns;
  private final Gatekeeper gatekeeper;

  public Guarded(Channel<M> channel, Limits limits, Clock clock) {
    this.channel = channel;
    // A caller may have to wait for a place, and then for its turn.
    Duration half = limits.longestWait().dividedBy(2);
    busy = max(limits.longestWait(), SHORTLY);
    places =
        Bulkhead.of(
            channel.name(),
            BulkheadConfig.custom()
                .maxConcurrentCalls(limits.concurrent())
                .maxWaitDuration(half)
                .build());
    turns =
        RateLimiter.of(
            channel.name(),
            RateLimiterConfig.custom()
                .limitForPeriod(limits.messages())
                .limitRefreshPeriod(limits.per())
                .timeoutDuration(half)
                .build());
    gatekeeper = new Gatekeeper(channel.name(), limits, clock);
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public SendResult send(M message, HandOver handOver) {
    Optional<Retryable> closed = gatekeeper.closed();
    if (closed.isPresent()) {
      return closed.get();
    }
    if (!places.tryAcquirePermission()) {
      return later("too many messages are being sent by %s".formatted(name()), busy);
    }
    try {
      Optional<Retryable> wait = awaitTurn();
      return wait.isPresent() ? wait.get() : gatekeeper.pass(() -> channel.send(message, handOver));
    } finally {
      places.onComplete();
    }
  }

  /** Seldom asked, so it takes no message's turn. */
  @Override
  public Finding lookUp(M message, Instant handedOver) {
    return channel.lookUp(message, handedOver);
  }

  @Override
  public List<Provider> providers() {
    return List.of(new Provider(name(), gatekeeper.holdsBecause()));
  }

  private Optional<Retryable> awaitTurn() {
    if (turns.acquirePermission()) {
      return Optional.empty();
    }
    return Optional.of(
        Thread.currentThread().isInterrupted()
            ? later("this thread was stopped", Duration.ZERO)
            : later(
                "more messages wait for %s than it may send".formatted(name()),
                max(busy, turns.getRateLimiterConfig().getLimitRefreshPeriod())));
  }

  static Retryable later(String cause, Duration backoff) {
    return new Retryable(cause, backoff, Scope.CHANNEL);
  }

  static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
