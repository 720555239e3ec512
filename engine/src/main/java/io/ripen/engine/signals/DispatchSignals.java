package io.ripen.engine.signals;

import io.ripen.engine.signals.ZeebeMessages.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends one round of signals: takes what is due, publishes all of it at once, notes the answers.
 * The rows stay locked until then, so that no other process sends them too; when we die on the way,
 * they are sent again, and Zeebe knows them by their message id.
 */
final class DispatchSignals {

  private static final Logger LOG = LoggerFactory.getLogger(DispatchSignals.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final TransactionTemplate transaction;
  private final SignalJdbc signals;
  private final ZeebeMessages zeebe;
  private final Clock clock;
  private final int attempts;

  DispatchSignals(
      TransactionTemplate transaction,
      SignalJdbc signals,
      ZeebeMessages zeebe,
      Clock clock,
      int attempts) {
    this.transaction = transaction;
    this.signals = signals;
    this.zeebe = zeebe;
    this.clock = clock;
    this.attempts = attempts;
  }

  /**
   * Sends at most {@code limit} signals.
   *
   * @param rest how long those that Zeebe pushes back stand aside at least
   */
  Round send(int limit, Duration rest) {
    return Objects.requireNonNull(transaction.execute(status -> round(limit, rest)));
  }

  private Round round(int limit, Duration rest) {
    List<PendingSignal> due = signals.due(limit, clock.instant());
    List<CompletableFuture<Answer>> answers = due.stream().map(zeebe::publish).toList();
    List<Long> taken = new ArrayList<>();
    List<Long> pushedBack = new ArrayList<>();
    int dead = 0;
    String cause = "";
    for (int i = 0; i < due.size(); i++) {
      switch (answers.get(i).join()) {
        case Answer.Taken yes -> taken.add(due.get(i).id());
        case Answer.NotNow notNow -> {
          pushedBack.add(due.get(i).id());
          cause = notNow.cause();
        }
        case Answer.Refused refused -> dead += refuse(due.get(i), refused.reason()) ? 1 : 0;
      }
    }
    Instant now = clock.instant();
    if (!taken.isEmpty()) {
      signals.sent(taken, now);
    }
    if (!pushedBack.isEmpty()) {
      signals.defer(pushedBack, now.plus(rest));
    }
    return new Round(due.size(), taken.size(), pushedBack.size(), dead, cause);
  }

  /** Whether that was its last attempt. */
  private boolean refuse(PendingSignal signal, String reason) {
    int attempt = signal.attempts() + 1;
    boolean dead = attempt >= attempts;
    Duration wait = Duration.ofSeconds(1L << Math.min(attempt, 10));
    signals.refused(
        signal.id(),
        reason,
        dead,
        clock.instant().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait));
    if (dead) {
      LOG.error("Zeebe refused signal {} ({}): {}", signal.id(), signal.name(), reason);
    }
    return dead;
  }

  /**
   * What became of a round.
   *
   * @param cause why Zeebe pushed back, the last time in this round
   */
  record Round(int due, int taken, int pushedBack, int dead, String cause) {

    static final Round NOTHING = new Round(0, 0, 0, 0, "");
  }
}
