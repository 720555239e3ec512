package io.ripen.engine.touches;

import io.ripen.channels.Finding;
import io.ripen.channels.Inbound;
import io.ripen.channels.SendResult;
import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.Rejected;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final TouchLedger ledger;
  private final TouchPolicy policy;
  private final RetryDelay delay;
  private final Patience patience;
  private final Suppressions suppressions;
  private final Clock clock;

  Settlement(
      TouchLedger ledger,
      TouchPolicy policy,
      RetryDelay delay,
      Patience patience,
      Suppressions suppressions,
      Clock clock) {
    this.ledger = ledger;
    this.suppressions = suppressions;
    this.policy = policy;
    this.delay = delay;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * What was handed over.
   *
   * @param message what it was
   * @param isAwaited whether the lead waits for it
   */
  record Handed(Sender.Ready message, boolean isAwaited) {}

  TouchOutcome settle(Claim claim, Handed handed, SendResult result) {
    return switch (result) {
      case SendResult.Accepted accepted -> {
        patience.write(
            () ->
                ledger.accept(
                    claim, accepted.providerId(), handed.message().locale(), clock.instant()));
        yield new Done();
      }
      case SendResult.Waiting waiting -> {
        patience.write(() -> ledger.keep(claim, waiting, handed.message().locale()));
        yield new TryLater(waiting.backoff(), waiting.cause());
      }
      case SendResult.Rejected rejected -> {
        suppress(claim.medium(), handed.message().to(), rejected.cause());
        yield claim.earlierMayBeOut()
            ? settleUncertain(claim, TouchCodes.REFUSED, TouchCodes.notAgain(rejected.reason()))
            : reject(claim, TouchCodes.REFUSED, rejected.reason());
      }
      case SendResult.Retryable retryable ->
          retry(claim, TouchCodes.FAILED, retryable.cause(), delay(claim, handed, retryable));
      case SendResult.Uncertain uncertain -> uncertain(claim, handed, uncertain.cause());
    };
  }

  /** Nobody writes again to where nobody is, or to who does not want it. */
  private void suppress(Medium medium, String address, Inbound.@Nullable Cause cause) {
    String reason =
        cause == Inbound.Cause.NO_SUCH_ADDRESS
            ? Suppressions.BOUNCED
            : cause == Inbound.Cause.UNWANTED ? Suppressions.UNSUBSCRIBED : null;
    if (reason != null) {
      patience.write(
          () ->
              suppressions.suppress(
                  medium.lower(), address, Suppressions.ALL, reason, clock.instant()));
    }
  }

  /** Frees a touch that was certainly not sent. */
  void release(Claim claim, String code, String reason) {
    patience.write(() -> ledger.release(claim, code, reason, true));
  }

  private TouchOutcome uncertain(Claim claim, Handed handed, String cause) {
    LOG.warn("Touch {} may have been sent or not: {}", claim.key(), cause);
    return switch (handed.message().lookUp().apply(clock.instant())) {
      case Finding.Found found ->
          ledger.acceptFound(claim, found.providerId(), handed.message().locale(), clock.instant())
              ? new Done()
              : askAgain(cause);
      case Finding.Missing missing ->
          // Attempts while the channel was away say nothing of this one.
          retry(claim, TouchCodes.FAILED, cause, delay.after(1, Duration.ZERO));
      case Finding.Unknown unknown ->
          unknown.backoff().isPositive() ? askAgain(cause) : byPolicy(claim, cause);
    };
  }

  /** When the claim has run out, whoever comes asks. */
  private TouchOutcome askAgain(String cause) {
    return new TryLater(policy.answerLease().plus(MARGIN), cause);
  }

  private TouchOutcome byPolicy(Claim claim, String cause) {
    if (policy.resends(claim.medium())) {
      return retry(
          claim, TouchCodes.ANSWER_LOST, cause, delay.after(claim.attempts(), Duration.ZERO));
    }
    return settleUncertain(claim, TouchCodes.ANSWER_LOST, cause);
  }

  /** It may be out: the flow goes on as if it were, and writes by no other channel. */
  private TouchOutcome settleUncertain(Claim claim, String code, String cause) {
    patience.write(() -> ledger.settle(claim, TouchState.UNCERTAIN, code, cause, clock.instant()));
    return new Done();
  }

  /** When a channel is back, what is awaited goes first, and then what has waited longest. */
  private Duration delay(Claim claim, Handed handed, SendResult.Retryable failure) {
    return switch (failure.scope()) {
      case MESSAGE -> delay.after(claim.attempts(), failure.backoff());
      case CHANNEL -> delay.whileAway(failure.backoff(), handed.isAwaited() ? 0 : claim.youth());
    };
  }

  private TouchOutcome retry(Claim claim, String code, String cause, Duration wanted) {
    Optional<Duration> after = RetryDelay.inTime(wanted, claim.left());
    if (after.isEmpty()) {
      String reason = TouchCodes.gaveUp(claim.span(), cause);
      return claim.earlierMayBeOut() || code.equals(TouchCodes.ANSWER_LOST)
          ? settleUncertain(claim, TouchCodes.GAVE_UP, reason)
          : reject(claim, TouchCodes.GAVE_UP, reason);
    }
    patience.write(() -> ledger.release(claim, code, cause, !code.equals(TouchCodes.ANSWER_LOST)));
    return new TryLater(after.get(), cause);
  }

  private TouchOutcome reject(Claim claim, String code, String reason) {
    LOG.warn("Touch {} is rejected: {}", claim.key(), reason);
    patience.write(() -> ledger.settle(claim, TouchState.REJECTED, code, reason, clock.instant()));
    return new Rejected(reason);
  }
}
