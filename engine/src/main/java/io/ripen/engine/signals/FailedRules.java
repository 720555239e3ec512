package io.ripen.engine.signals;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the rules that could not be evaluated, and says of each the first time. */
final class FailedRules {

  static final String METRIC = "ripen.signals.rules.failed";

  private static final Logger LOG = LoggerFactory.getLogger(FailedRules.class);

  private final MeterRegistry meters;
  private final Set<Integer> said = ConcurrentHashMap.newKeySet();

  FailedRules(MeterRegistry meters) {
    this.meters = meters;
  }

  void note(SignalRule rule, Occurrence occurrence) {
    meters.counter(METRIC, "rule", String.valueOf(rule.row()), "signal", rule.signal()).increment();
    if (said.add(rule.row())) {
      // The engine's reason may quote what the event says of a person.
      LOG.warn(
          "signals.dmn: rule {}, which raises {}, could not be evaluated for event {} and so raises"
              + " nothing; from now on this is only counted, as {}",
          rule.row(),
          rule.signal(),
          occurrence.event().messageId(),
          METRIC);
    }
  }
}
