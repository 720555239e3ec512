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
import org.springframework.stereotype.Component;

/**
 * Writes down what became of an attempt. What the provider answered is known only here, so a
 * database that is away is waited for, as long as nobody else can take the touch.
 */
@Component
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private final TouchLedger ledger;
  private final TouchPolicy policy;
  private final RetryDelay delay;
  private final Patience patience;
  private final Clock clock;

  Settlement(
      TouchLedger ledger, TouchPolicy policy, RetryDelay delay, Patience patience, Clock clock) {
    this.ledger = ledger;
    this.policy = policy;
    this.delay = delay;
    this.patience = patience;
    this.clock = clock;
  }

  /** Settles what was sent in this locale. */
  TouchOutcome settle(Claim claim, SendResult result, String locale) {
    return switch (result) {
      case SendResult.Accepted accepted -> {
        patience.write(() -> ledger.accept(claim, accepted.providerId(), locale, clock.instant()));
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
    patience.write(() -> ledger.release(claim, code, reason));
  }

  private TouchOutcome uncertain(Claim claim, String cause) {
    LOG.warn("Touch {} may have been sent or not: {}", claim.key(), cause);
    if (policy.resends()) {
      return retry(claim, "answer-lost", cause, delay.after(claim.attempts(), Duration.ZERO));
    }
    patience.write(
        () -> ledger.settle(claim, TouchState.UNCERTAIN, "answer-lost", cause, clock.instant()));
    return new Done();
  }

  private TouchOutcome retry(Claim claim, String code, String cause, Duration after) {
    Instant next = clock.instant().plus(after);
    if (policy.isTooLate(claim.plannedAt(), next)) {
      return reject(claim, TouchPolicy.GAVE_UP, policy.gaveUp(cause));
    }
    patience.write(() -> ledger.release(claim, code, cause));
    return new TryLater(after, cause);
  }

  private TouchOutcome reject(Claim claim, String code, String reason) {
    LOG.warn("Touch {} is rejected: {}", claim.key(), reason);
    patience.write(() -> ledger.settle(claim, TouchState.REJECTED, code, reason, clock.instant()));
    return new Rejected(reason);
  }
}
