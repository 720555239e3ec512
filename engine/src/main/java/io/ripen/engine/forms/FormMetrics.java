package io.ripen.engine.forms;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Counts forms by what became of them, as {@code ripen.forms} with an {@code outcome}: taken,
 * mended (asked to), expired, limited, refused or unavailable; of programs: trapped, forged, hasty.
 */
final class FormMetrics {

  private static final String NAME = "ripen.forms";

  private static final List<String> OUTCOMES =
      List.of(
          "taken",
          "mended",
          "expired",
          "limited",
          "refused",
          "unavailable",
          "trapped",
          "forged",
          "hasty");

  private final MeterRegistry meters;

  FormMetrics(MeterRegistry meters) {
    this.meters = meters;
    // So that the first time of each is seen as a rise.
    OUTCOMES.forEach(each -> meters.counter(NAME, "outcome", each).increment(0));
  }

  void count(String outcome) {
    meters.counter(NAME, "outcome", outcome).increment();
  }
}
