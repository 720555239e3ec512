package io.ripen.engine.leads;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What operators see of the consumer. */
final class LeadMetrics {

  private final Counter consumed;
  private final Counter dead;
  private final Counter races;
  private final Timer batches;

  LeadMetrics(MeterRegistry meters) {
    this.consumed = meters.counter("ripen.events.consumed");
    this.dead = meters.counter("ripen.events.dead");
    this.races = meters.counter("ripen.events.races");
    this.batches = meters.timer("ripen.events.batch");
  }

  void batch(int events, Runnable work) {
    batches.record(work);
    consumed.increment(events);
  }

  void dead(int events) {
    dead.increment(events);
  }

  void race() {
    races.increment();
  }
}
