package io.ripen.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.flows.FlowsFixture;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see of flows, from a real database. */
class FlowMetricsIT {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Path FLOW = Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FlowMetrics metrics =
      new FlowMetrics(
          new FlowStatisticsJdbc(jdbc),
          new BacklogJdbc(jdbc),
          FlowsFixture.jobTypes(jdbc),
          meters,
          Clock.fixed(NOW, ZoneOffset.UTC));

  @BeforeEach
  void a_flow_is_there() throws IOException {
    jdbc.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (7, 'abandoned-cart', 1, 'Abandoned cart', ?, '{}', now())",
        Files.readString(FLOW));
  }

  @Test
  void instances_and_incidents_are_told_by_flow() {
    standing("abandoned-cart", 3);
    jdbc.update(
        "insert into flow_incident (key, partition, process_key, process_instance_key, element_id,"
            + " error_type, message, raised_at) values (1, 1, 7, 8, 'x', 'T', 'm', now())");
    metrics.run();

    assertThat(gauge("ripen.flows.running", "flow", "abandoned-cart")).isEqualTo(3);
    assertThat(gauge("ripen.flows.incidents", "flow", "abandoned-cart")).isEqualTo(1);
  }

  @Test
  void jobs_are_told_by_type_and_what_the_gate_lets_wait_is_no_backlog() {
    standing("serviceTask_sendReminder", 5);
    standing("gateway_whatComesFirst", 40);
    waiting(1, NOW.plusSeconds(60));
    waiting(2, NOW.plusSeconds(3600));
    waiting(3, NOW.minusSeconds(1));
    metrics.run();

    assertThat(gauge("ripen.jobs.backlog", "type", "send-email")).isEqualTo(3);
    assertThat(gauge("ripen.jobs.backlog", "type", "send-message")).isZero();
  }

  @Test
  void a_flow_that_is_no_more_is_told_of_no_more() {
    metrics.run();
    jdbc.update("delete from flow_version");
    metrics.run();

    assertThatExceptionOfType(MeterNotFoundException.class)
        .isThrownBy(() -> gauge("ripen.flows.running", "flow", "abandoned-cart"));
  }

  private void standing(String element, int count) {
    jdbc.update(
        "insert into flow_element_count (process_key, element_id, partition, activated)"
            + " values (7, ?, 1, ?)",
        element,
        count);
  }

  private void waiting(long key, Instant until) {
    jdbc.update(
        "insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,"
            + " process_instance_key, message, priority, state, planned_at, deferred_until)"
            + " values (?, ?, 'email', 'marketing', 'abandoned-cart', 1,"
            + " 'serviceTask_sendReminder', 8, 'reminder', 'normal', 'planned', now(), ?)",
        key,
        UUID.randomUUID(),
        until.atOffset(ZoneOffset.UTC));
  }

  private double gauge(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).gauge().value();
  }
}
