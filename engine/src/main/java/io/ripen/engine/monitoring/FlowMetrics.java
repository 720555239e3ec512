package io.ripen.engine.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.ripen.engine.flows.JobTypes;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What operators see of running flows, as the read model has it. All engines tell the same, so
 * whoever reads takes the highest and does not add them up.
 */
final class FlowMetrics implements Loop.Round {

  private final FlowStatistics flows;
  private final BacklogJdbc backlog;
  private final JobTypes jobTypes;
  private final Clock clock;
  private final MultiGauge running;
  private final MultiGauge incidents;
  private final MultiGauge jobs;

  FlowMetrics(
      FlowStatistics flows,
      BacklogJdbc backlog,
      JobTypes jobTypes,
      MeterRegistry meters,
      Clock clock) {
    this.flows = flows;
    this.backlog = backlog;
    this.jobTypes = jobTypes;
    this.clock = clock;
    running =
        MultiGauge.builder("ripen.flows.running")
            .description("instances that have not ended")
            .register(meters);
    incidents =
        MultiGauge.builder("ripen.flows.incidents")
            .description("incidents that nobody has resolved")
            .register(meters);
    jobs =
        MultiGauge.builder("ripen.jobs.backlog")
            .description(
                "jobs that are not done yet, less those that wait for their time or to be seen")
            .register(meters);
  }

  @Override
  public boolean run() {
    try {
      look();
    } catch (RuntimeException e) {
      // What nobody can read must not look as if it were still so.
      List.of(running, incidents, jobs).forEach(each -> each.register(List.of(), true));
      throw e;
    }
    return false;
  }

  private void look() {
    var versions = flows.versions();
    running.register(rows("flow", byFlow(versions, FlowStatistics.Version::running)), true);
    incidents.register(rows("flow", byFlow(versions, FlowStatistics.Version::openIncidents)), true);
    jobs.register(rows("type", byJobType()), true);
  }

  private static Map<String, Long> byFlow(
      Collection<FlowStatistics.Version> versions, ToLongFunction<FlowStatistics.Version> count) {
    Map<String, Long> counts = new TreeMap<>();
    versions.forEach(each -> counts.merge(each.processId(), count.applyAsLong(each), Long::sum));
    return counts;
  }

  /** Types of the newest versions are told as 0 when there is nothing to do. */
  private Map<String, Long> byJobType() {
    Map<String, Long> counts = new TreeMap<>();
    jobTypes.ofNewest().forEach(type -> counts.put(type, 0L));
    for (BacklogJdbc.Standing each : backlog.standing(clock.instant())) {
      String type = jobTypes.of(each.processKey()).get(each.elementId());
      if (type != null) {
        counts.merge(type, each.count(), Long::sum);
      }
    }
    return counts;
  }

  private static Collection<MultiGauge.Row<?>> rows(String tag, Map<String, Long> counts) {
    return counts.entrySet().stream()
        .<MultiGauge.Row<?>>map(
            each -> MultiGauge.Row.of(Tags.of(tag, each.getKey()), each.getValue()))
        .toList();
  }
}
