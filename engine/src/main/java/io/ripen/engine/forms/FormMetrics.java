package io.ripen.engine.forms;

import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts forms by what became of them, as {@code ripen.forms} with an {@code outcome}: taken,
 * mended (asked to), expired, limited, refused or unavailable; of programs: trapped, forged, hasty.
 */
final class FormMetrics {

  private final MeterRegistry meters;

  FormMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void count(String outcome) {
    meters.counter("ripen.forms", "outcome", outcome).increment();
  }
}
