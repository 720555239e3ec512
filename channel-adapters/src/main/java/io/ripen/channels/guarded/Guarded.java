package io.ripen.channels.guarded;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.ripen.channels.Channel;
import io.ripen.channels.Finding;
import io.ripen.channels.Kept;
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
  private static final Duration HARDLY = Duration.ofNanos(1);

  private final Channel<M> channel;
  private final Duration busy;
  private final Bulkhead places;
  private final Bucket turns;
  private final Duration forATurn;
  private final Duration betweenTurns;
  private final BlockingStrategy waiting;
  private final Gatekeeper gatekeeper;

  public Guarded(Channel<M> channel, Limits limits, Clock clock) {
    this(channel, limits, clock, TimeMeter.SYSTEM_NANOTIME, BlockingStrategy.PARKING);
  }

  /**
   * @param time by which turns come
   * @param waiting how to wait for one
   */
  Guarded(
      Channel<M> channel, Limits limits, Clock clock, TimeMeter time, BlockingStrategy waiting) {
    this.channel = channel;
    this.waiting = waiting;
    // A caller may have to wait for a place, and then for its turn.
    Duration half = limits.longestWait().dividedBy(2);
    forATurn = max(half, HARDLY);
    busy = max(limits.longestWait(), SHORTLY);
    betweenTurns = limits.per().dividedBy(limits.messages());
    places =
        Bulkhead.of(
            channel.name(),
            BulkheadConfig.custom()
                .maxConcurrentCalls(limits.concurrent())
                .maxWaitDuration(half)
                .build());
    // It holds a single token: what was not sent in a quiet time makes no burst after it.
    turns =
        Bucket.builder()
            .withCustomTimePrecision(time)
            .addLimit(limit -> limit.capacity(1).refillGreedy(limits.messages(), limits.per()))
            .build();
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
  public Optional<Kept> whereIs(String messageId) {
    return channel.whereIs(messageId);
  }

  @Override
  public List<Provider> providers() {
    return List.of(new Provider(name(), gatekeeper.holdsBecause()));
  }

  private Optional<Retryable> awaitTurn() {
    try {
      return turns.asBlocking().tryConsume(1, forATurn, waiting)
          ? Optional.empty()
          : Optional.of(
              later(
                  "more messages wait for %s than it may send".formatted(name()),
                  max(busy, betweenTurns)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(later("this thread was stopped", Duration.ZERO));
    }
  }

  static Retryable later(String cause, Duration backoff) {
    return new Retryable(cause, backoff, Scope.CHANNEL);
  }

  static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
