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
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What operators see of flows, from a real database. */
class FlowMetricsIT {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Path FLOW = Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn");
  private static final String REMINDER = "serviceTask_sendReminder";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final ReadModel model =
      new ReadModel(
          new ReadModelJdbc(jdbc),
          new InstanceModelJdbc(jdbc),
          new EndedStepsJdbc(jdbc),
          new TaskModelJdbc(jdbc),
          new NotedFlows(jdbc),
          new ReadModelSourceJdbc(jdbc),
          new TransactionTemplate(new JdbcTransactionManager(database)));
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
    deployed(Export.FLOW, 1);
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
  void jobs_are_told_by_type_and_what_waits_for_the_gate_or_to_be_seen_is_no_backlog() {
    standing(REMINDER, 2);
    standing("gateway_whatComesFirst", 40);
    waiting(1, NOW.plusSeconds(60));
    waiting(2, NOW.plusSeconds(3600));
    waiting(3, NOW.minusSeconds(1));
    waiting(4, NOW.minusSeconds(1));
    jdbc.update(
        "update touch set state = 'handing-over', code = 'unseen', claimed_until = now() where key = 4");
    metrics.run();

    assertThat(gauge("ripen.jobs.backlog", "type", "send-email")).isEqualTo(3);
    assertThat(gauge("ripen.jobs.backlog", "type", "send-best")).isZero();
  }

  @Test
  void what_the_gate_lets_wait_is_no_backlog_in_another_version_either() throws IOException {
    deployed(70, 2);
    standing(REMINDER, 2);
    waiting(1, NOW.plusSeconds(60));
    read(Export.at(2, "ELEMENT_MIGRATED", 1, REMINDER, 70));
    metrics.run();
    assertThat(gauge("ripen.jobs.backlog", "type", "send-email")).isEqualTo(2);

    read(Export.at(3, "ELEMENT_TERMINATED", 1, REMINDER, 70));
    metrics.run();
    assertThat(gauge("ripen.jobs.backlog", "type", "send-email")).isEqualTo(2);
  }

  @Test
  void what_cannot_be_read_is_not_told() {
    standing(REMINDER, 2);
    metrics.run();
    jdbc.update("alter table flow_element_count rename to away");
    assertThatExceptionOfType(DataAccessException.class).isThrownBy(metrics::run);
    assertThat(meters.find("ripen.flows.running").gauge()).isNull();
    assertThat(meters.find("ripen.flows.incidents").gauge()).isNull();
    assertThat(meters.find("ripen.jobs.backlog").gauge()).isNull();

    jdbc.update("alter table away rename to flow_element_count");
    metrics.run();
    assertThat(gauge("ripen.jobs.backlog", "type", "send-email")).isEqualTo(2);
  }

  @Test
  void a_flow_that_is_no_more_is_told_of_no_more() {
    metrics.run();
    jdbc.update("delete from flow_version");
    metrics.run();

    assertThatExceptionOfType(MeterNotFoundException.class)
        .isThrownBy(() -> gauge("ripen.flows.running", "flow", "abandoned-cart"));
  }

  private void deployed(long processKey, int version) throws IOException {
    jdbc.update(
        "insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)"
            + " values (?, 'abandoned-cart', ?, 'Abandoned cart', ?, '{}', now())",
        processKey,
        version,
        Files.readString(FLOW));
  }

  private void standing(String element, int count) {
    jdbc.update(
        "insert into flow_element_count (process_key, element_id, partition, activated)"
            + " values (7, ?, 1, ?)",
        element,
        count);
  }

  /** One more stands there, and its message has been put off. */
  private void waiting(long key, Instant until) {
    read(Export.at(key, "ELEMENT_ACTIVATED", key, REMINDER, Export.FLOW));
    jdbc.update(
        "insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,"
            + " process_instance_key, message, priority, state, planned_at, deferred_until)"
            + " values (?, ?, 'email', 'marketing', 'abandoned-cart', 1, ?, 8, 'reminder', 'normal', 'planned', now(), ?)",
        key,
        UUID.randomUUID(),
        REMINDER,
        until.atOffset(ZoneOffset.UTC));
  }

  private void read(String record) {
    model.apply(List.of(ExportedRecord.parse(record)));
  }

  private double gauge(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).gauge().value();
  }
}
