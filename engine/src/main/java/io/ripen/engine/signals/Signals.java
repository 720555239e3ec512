package io.ripen.engine.signals;

import io.ripen.engine.flows.AwaitedSignals;
import io.ripen.engine.rules.RuleSet;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what happened into signals for the flows that wait for them. */
public final class Signals {

  private final AwaitedSignals awaited;
  private final SignalJdbc outbox;
  private final Doorbell doorbell;
  private final Clock clock;

  Signals(AwaitedSignals awaited, SignalJdbc outbox, Doorbell doorbell, Clock clock) {
    this.awaited = awaited;
    this.outbox = outbox;
    this.doorbell = doorbell;
    this.clock = clock;
  }

  /**
   * Raises the signals of these occurrences, in the caller's transaction; they leave for Zeebe
   * after its commit, in this order for one correlation key. The same signal of the same event is
   * raised once, however often it occurs.
   *
   * @param rules whose signal table says which
   */
  public void raise(List<Occurrence> occurrences, RuleSet rules) {
    SignalTable table = rules.get(SignalTable.FILE);
    Instant now = clock.instant();
    Map<String, Signal> raised = new LinkedHashMap<>();
    for (Occurrence occurrence : occurrences) {
      for (SignalRule rule : table.matching(occurrence, each -> isAwaited(each, occurrence))) {
        String name = rule.name(occurrence);
        String key = rule.correlation().key(occurrence);
        if (name != null && key != null && !rule.isTooLate(occurrence.event().occurredAt(), now)) {
          Signal signal = signal(occurrence, rule, name, key);
          raised.putIfAbsent(signal.messageId() + ':' + key, signal);
        }
      }
    }
    if (!raised.isEmpty()) {
      outbox.add(List.copyOf(raised.values()), now);
      doorbell.ringAfterCommit();
    }
  }

  private boolean isAwaited(SignalRule rule, Occurrence occurrence) {
    String name = rule.name(occurrence);
    return name != null && awaited.awaits(name);
  }

  private static Signal signal(Occurrence occurrence, SignalRule rule, String name, String key) {
    Map<String, String> ids = new LinkedHashMap<>();
    ids.put("leadId", occurrence.lead().id().toString());
    if (rule.startsFlows()) {
      // What only goes on with a flow must not hide the event that started it.
      ids.put("eventId", occurrence.event().messageId());
      ids.put("startedBy", name);
    }
    if (occurrence.cart() != null) {
      ids.put("cartId", occurrence.cart().id().toString());
    }
    if (occurrence.order() != null) {
      ids.put("orderId", occurrence.order().id().toString());
    }
    return new Signal(
        name,
        occurrence.lead().id(),
        rule.correlation(),
        key,
        occurrence.event().messageId() + ':' + name,
        rule.timeToLive(),
        Map.copyOf(ids),
        rule.startsFlows(),
        occurrence.event().occurredAt());
  }
}
