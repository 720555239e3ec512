package io.ripen.engine.touches;

import io.ripen.channels.SendResult;
import io.ripen.engine.gate.Medium;
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

  private static final String ANSWER_LOST = "answer-lost";

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
  TouchOutcome settle(Claim claim, Medium medium, SendResult result, String locale) {
    return switch (result) {
      case SendResult.Accepted accepted -> {
        patience.write(() -> ledger.accept(claim, accepted.providerId(), locale, clock.instant()));
        yield new Done();
      }
      case SendResult.Rejected rejected -> reject(claim, "refused", rejected.reason());
      case SendResult.Retryable retryable ->
          retry(claim, "failed", retryable.cause(), retryable.backoff());
      case SendResult.Uncertain uncertain -> uncertain(claim, medium, uncertain.cause());
    };
  }

  /** Frees a touch that was certainly not sent. */
  void release(Claim claim, String code, String reason) {
    patience.write(() -> ledger.release(claim, code, reason, true));
  }

  private TouchOutcome uncertain(Claim claim, Medium medium, String cause) {
    LOG.warn("Touch {} may have been sent or not: {}", claim.key(), cause);
    if (policy.resends(medium)) {
      return retry(claim, ANSWER_LOST, cause, Duration.ZERO);
    }
    patience.write(
        () -> ledger.settle(claim, TouchState.UNCERTAIN, ANSWER_LOST, cause, clock.instant()));
    return new Done();
  }

  private TouchOutcome retry(Claim claim, String code, String cause, Duration advised) {
    Duration after = delay.after(claim.attempts(), advised);
    Instant next = clock.instant().plus(after);
    if (claim.isTooLate(next)) {
      return reject(claim, TouchPolicy.GAVE_UP, TouchPolicy.gaveUp(claim.useBy(), cause));
    }
    patience.write(() -> ledger.release(claim, code, cause, !code.equals(ANSWER_LOST)));
    return new TryLater(after, cause);
  }

  private TouchOutcome reject(Claim claim, String code, String reason) {
    LOG.warn("Touch {} is rejected: {}", claim.key(), reason);
    patience.write(() -> ledger.settle(claim, TouchState.REJECTED, code, reason, clock.instant()));
    return new Rejected(reason);
  }
}
