package io.ripen.channels.guarded;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody pass while the provider fails, or for as long as it asked to be left alone. A wish of
 * the provider's is no failure: it says itself when it is over.
 */
final class Gatekeeper {

  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  /** Who comes while one message tries how the provider is now comes back after this. */
  private static final Duration TRYING = Duration.ofSeconds(1);

  /**
   * Who waits for the provider tries again within this time. Where nobody has, nobody waits, and it
   * is not known how the provider is.
   */
  static final Duration UNTRIED = Duration.ofMinutes(90);

  /**
   * Who waits comes back after this part of the time that the provider has been away for: many may
   * wait, and each that comes costs something.
   */
  private static final int PART_OF_OUTAGE = 12;

  private static final Duration LONGEST = Duration.ofMinutes(20);

  private final String name;
  private final Clock clock;
  private final Duration openFor;
  private final CircuitBreaker breaker;
  private volatile Instant heldUntil;
  private volatile Instant openUntil;
  private volatile @Nullable Instant failingSince;
  private volatile String trouble = "";

  Gatekeeper(String name, Limits limits, Clock clock) {
    this.name = name;
    this.clock = clock;
    openFor = limits.openFor();
    heldUntil = clock.instant();
    openUntil = heldUntil;
    breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(limits.failures(), limits.failures(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(openFor)
                .permittedNumberOfCallsInHalfOpenState(1)
                // Whoever takes a message after a while has taken it.
                .slowCallDurationThreshold(Duration.ofDays(1))
                .recordResult(result -> result instanceof SendResult sent && isFailure(sent))
                .clock(clock)
                .build());
  }

  /** Why nobody passes now, if so, and for how long. */
  Optional<Retryable> closed() {
    Duration held = untilThen(heldUntil);
    if (held.isPositive()) {
      return Optional.of(
          Guarded.later("the provider of %s asked to be left alone".formatted(name), held));
    }
    Duration open = untilThen(openUntil);
    return breaker.getState() == State.OPEN && open.isPositive()
        ? Optional.of(failing(Guarded.max(open, shareOfOutage())))
        : Optional.empty();
  }

  /**
   * What the provider did last, if nobody passes. Also between one try and the next, when it has
   * failed and no message got through since, unless none has tried for {@link #UNTRIED}; else null.
   */
  @Nullable String holdsBecause() {
    boolean isHolding =
        untilThen(heldUntil).isPositive()
            || (breaker.getState() != State.CLOSED
                && untilThen(openUntil.plus(UNTRIED)).isPositive());
    return isHolding ? trouble : null;
  }

  SendResult pass(Supplier<SendResult> sending) {
    Optional<Retryable> closed = closed();
    if (closed.isPresent()) {
      return closed.get();
    }
    if (!breaker.tryAcquirePermission()) {
      return failing(TRYING);
    }
    boolean tries = breaker.getState() == State.HALF_OPEN;
    long start = breaker.getCurrentTimestamp();
    boolean answered = false;
    try {
      SendResult result = sending.get();
      answered = true;
      note(result);
      breaker.onResult(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), result);
      hold(result);
      open();
      if (tries && breaker.getState() == State.CLOSED) {
        failingSince = null;
        LOG.info("{} works again", name);
      }
      return result;
    } finally {
      if (!answered) {
        // The caller took the message back, which says nothing of the provider.
        breaker.releasePermission();
      }
    }
  }

  private void note(SendResult result) {
    if (result instanceof SendResult.Uncertain uncertain) {
      trouble = uncertain.cause();
    } else if (result instanceof Retryable retryable && retryable.scope() == Scope.CHANNEL) {
      trouble = retryable.cause();
    }
  }

  private void hold(SendResult result) {
    if (result instanceof Retryable retryable
        && retryable.scope() == Scope.CHANNEL
        && retryable.backoff().isPositive()) {
      hold(clock.instant().plus(retryable.backoff()));
    }
  }

  /** Whoever failed last sees that it is open now; who comes back later changes nothing. */
  private synchronized void open() {
    if (breaker.getState() == State.OPEN && !untilThen(openUntil).isPositive()) {
      Instant now = clock.instant();
      openUntil = now.plus(openFor);
      failingSince = failingSince == null ? now : failingSince;
      LOG.warn("{} fails again and again: nothing is sent by it for {}", name, openFor);
    }
  }

  private synchronized void hold(Instant until) {
    if (until.isAfter(heldUntil)) {
      heldUntil = until;
    }
  }

  /** Whether the provider, or the way to it, is at fault and nobody says until when. */
  private static boolean isFailure(SendResult result) {
    return switch (result) {
      case SendResult.Uncertain uncertain -> true;
      case Retryable retryable ->
          retryable.scope() == Scope.CHANNEL && !retryable.backoff().isPositive();
      case SendResult.Accepted accepted -> false;
      case SendResult.Waiting waiting -> false;
      case SendResult.Rejected rejected -> false;
    };
  }

  private Duration shareOfOutage() {
    Instant since = failingSince;
    Duration share =
        since == null
            ? Duration.ZERO
            : Duration.between(since, clock.instant()).dividedBy(PART_OF_OUTAGE);
    return share.compareTo(LONGEST) < 0 ? share : LONGEST;
  }

  private Retryable failing(Duration backoff) {
    return Guarded.later(
        "%s fails again and again, so nothing is sent for a while".formatted(name), backoff);
  }

  private Duration untilThen(Instant then) {
    return Duration.between(clock.instant(), then);
  }
}
