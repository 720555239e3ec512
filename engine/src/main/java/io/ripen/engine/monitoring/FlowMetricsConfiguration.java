package io.ripen.engine.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.flows.JobTypes;
import io.ripen.engine.loops.Loop;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks at running flows for those who watch over them. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
class FlowMetricsConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

  @Bean
  Loop flowMetrics(
      FlowStatistics flows,
      JdbcTemplate jdbc,
      JobTypes jobTypes,
      MeterRegistry meters,
      Clock clock) {
    return new Loop(
        "metrics of flows",
        LOOK_EVERY,
        new FlowMetrics(flows, new BacklogJdbc(jdbc), jobTypes, meters, clock));
  }
}
