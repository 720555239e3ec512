package io.ripen.engine.tables;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the rules of a table that could not be evaluated, and says of each the first time. */
final class FailedRules {

  static final String METRIC = "ripen.tables.rules.failed";

  private static final Logger LOG = LoggerFactory.getLogger(FailedRules.class);

  private final String table;
  private final MeterRegistry meters;
  private final Set<Integer> said = ConcurrentHashMap.newKeySet();

  /**
   * @param table the decision's id
   */
  FailedRules(String table, MeterRegistry meters) {
    this.table = table;
    this.meters = meters;
  }

  /**
   * @param rule its place in the table, from 1
   * @param subject what it was asked about, without personal data
   */
  void note(int rule, String subject) {
    meters.counter(METRIC, "table", table, "rule", String.valueOf(rule)).increment();
    if (said.add(rule)) {
      // The engine's reason may quote what an event says of a person.
      LOG.warn(
          "decision table {}: rule {} could not be evaluated for {} and so does not match; from now"
              + " on this is only counted, as {}",
          table,
          rule,
          subject,
          METRIC);
    }
  }
}
