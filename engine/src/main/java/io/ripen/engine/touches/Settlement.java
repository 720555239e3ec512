package io.ripen.engine.touches;

import io.ripen.channels.SendResult;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes down what became of an attempt. A database that is away for a moment is waited for: what
 * the provider answered is known only here.
 */
@Component
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private static final RetryTemplate PATIENTLY =
      new RetryTemplate(
          RetryPolicy.builder()
              .includes(DataAccessException.class)
              .maxRetries(5)
              .delay(Duration.ofMillis(200))
              .multiplier(3)
              .maxDelay(Duration.ofSeconds(10))
              .build());

  private final TouchLedger ledger;
  private final TouchPolicy policy;
  private final RetryDelay delay;
  private final Clock clock;

  Settlement(TouchLedger ledger, TouchPolicy policy, RetryDelay delay, Clock clock) {
    this.ledger = ledger;
    this.policy = policy;
    this.delay = delay;
    this.clock = clock;
  }

  /** Settles what was sent in this locale. */
  TouchOutcome settle(Claim claim, SendResult result, String locale) {
    return switch (result) {
      case SendResult.Accepted accepted -> {
        patiently(() -> ledger.accept(claim, accepted.providerId(), locale, clock.instant()));
        yield new Done();
      }
      case SendResult.Rejected rejected -> reject(claim, "refused", rejected.reason());
      case SendResult.Retryable retryable ->
          retry(
              claim,
              "failed",
              retryable.cause(),
              delay.after(claim.attempts(), retryable.backoff()));
      case SendResult.Uncertain uncertain -> uncertain(claim, uncertain.cause());
    };
  }

  /** Frees a touch that was certainly not sent. */
  void release(Claim claim, String code, String reason) {
    patiently(() -> ledger.release(claim, code, reason));
  }

  private TouchOutcome uncertain(Claim claim, String cause) {
    LOG.warn("Touch {} may have been sent or not: {}", claim.key(), cause);
    if (policy.resends()) {
      return retry(claim, "answer-lost", cause, delay.after(claim.attempts(), Duration.ZERO));
    }
    patiently(
        () -> ledger.settle(claim, TouchState.UNCERTAIN, "answer-lost", cause, clock.instant()));
    return new Done();
  }

  private TouchOutcome retry(Claim claim, String code, String cause, Duration after) {
    Instant next = clock.instant().plus(after);
    if (policy.isTooLate(claim.plannedAt(), next)) {
      return reject(claim, TouchPolicy.GAVE_UP, policy.gaveUp(cause));
    }
    patiently(() -> ledger.release(claim, code, cause));
    return new TryLater(after, cause);
  }

  private TouchOutcome reject(Claim claim, String code, String reason) {
    LOG.warn("Touch {} is rejected: {}", claim.key(), reason);
    patiently(() -> ledger.settle(claim, TouchState.REJECTED, code, reason, clock.instant()));
    return new Rejected(reason);
  }

  private static void patiently(Runnable update) {
    try {
      PATIENTLY.execute(
          () -> {
            update.run();
            return true;
          });
    } catch (RetryException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("the ledger could not be written", e);
    }
  }
}
