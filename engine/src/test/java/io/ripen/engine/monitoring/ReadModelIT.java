package io.ripen.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.ripen.engine.flows.FlowRegistry;
import io.ripen.engine.testing.TestDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ReadModelIT {

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final ReadModel model = modelWith(new NotedFlows(jdbc));
  private final FlowStatistics statistics = new FlowStatisticsJdbc(jdbc);

  @Test
  void an_element_is_active_until_it_is_left_or_ended() {
    apply(
        Export.element(1, "ELEMENT_ACTIVATED", "wait"),
        Export.element(2, "ELEMENT_ACTIVATED", "wait"),
        Export.element(3, "ELEMENT_ACTIVATED", "wait"),
        Export.element(4, "ELEMENT_COMPLETED", "wait"));
    apply(Export.element(5, "ELEMENT_TERMINATED", "wait"));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("wait", 1, 1, 1, 0));
  }

  @Test
  void a_record_that_comes_again_counts_once() {
    apply(
        Export.element(1, "ELEMENT_ACTIVATED", "wait"),
        Export.element(1, "ELEMENT_ACTIVATED", "wait"));
    apply(
        Export.element(1, "ELEMENT_ACTIVATED", "wait"),
        Export.element(2, "ELEMENT_COMPLETED", "wait"));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("wait", 0, 1, 0, 0));
  }

  @Test
  void positions_of_different_partitions_have_nothing_to_do_with_each_other() {
    apply(Export.element(1, 50, "ELEMENT_ACTIVATED", "wait"));
    apply(Export.element(2, 3, "ELEMENT_ACTIVATED", "wait"));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("wait", 2, 0, 0, 0));
  }

  @Test
  void a_taken_sequence_flow_is_passed_and_never_active() {
    apply(Export.element(1, "SEQUENCE_FLOW_TAKEN", "flow_quiet"));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("flow_quiet", 0, 1, 0, 0));
  }

  @Test
  void a_flow_is_noted_with_its_instances_running_and_ended() {
    apply(
        Export.flow(1, Export.FLOW, 1),
        Export.element(2, "ELEMENT_ACTIVATED", "abandoned-cart"),
        Export.element(3, "ELEMENT_ACTIVATED", "abandoned-cart"),
        Export.element(4, "ELEMENT_COMPLETED", "abandoned-cart"),
        Export.flow(5, 70, 2));

    assertThat(statistics.versions())
        .extracting(
            FlowStatistics.Version::version,
            FlowStatistics.Version::running,
            FlowStatistics.Version::ended)
        .containsExactly(tuple(2, 0L, 0L), tuple(1, 1L, 1L));
  }

  @Test
  void an_incident_is_open_until_it_is_resolved() {
    apply(Export.incident(1, "CREATED", 11), Export.incident(2, "CREATED", 12));
    apply(Export.incident(3, "RESOLVED", 11));

    assertThat(statistics.openIncidents(Export.FLOW, 10))
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.key()).isEqualTo(12);
              assertThat(incident.elementId()).isEqualTo("send");
              assertThat(incident.message()).isEqualTo("no template");
            });
    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("send", 0, 0, 0, 1));
  }

  @Test
  void an_incident_that_is_raised_and_resolved_in_one_batch_is_not_open() {
    apply(Export.incident(1, "CREATED", 11), Export.incident(2, "RESOLVED", 11));

    assertThat(statistics.openIncidents(Export.FLOW, 10)).isEmpty();
  }

  @Test
  void a_batch_that_cannot_be_stored_leaves_nothing_behind_and_can_come_again() {
    FlowRegistry broken =
        (processKey, processId, version, xml, deployedAt) -> {
          throw new DataAccessResourceFailureException("connection lost");
        };
    String[] batch = {Export.element(1, "ELEMENT_ACTIVATED", "wait"), Export.flow(2, 7, 1)};
    assertThatExceptionOfType(DataAccessResourceFailureException.class)
        .isThrownBy(() -> modelWith(broken).apply(parse(batch)));
    assertThat(model.isEmpty()).isTrue();

    apply(batch);
    assertThat(statistics.elements(Export.FLOW)).hasSize(1);
  }

  @Test
  void a_flow_that_nobody_understands_holds_up_nobody() {
    FlowRegistry puzzled =
        (processKey, processId, version, xml, deployedAt) -> {
          throw new IllegalArgumentException("no such element");
        };
    modelWith(puzzled)
        .apply(parse(Export.flow(1, 7, 1), Export.element(2, "ELEMENT_ACTIVATED", "wait")));

    assertThat(statistics.elements(Export.FLOW)).hasSize(1);
  }

  @Test
  void an_emptied_broker_begins_its_counts_anew_though_its_positions_are_low() {
    apply(
        Export.element(50, "ELEMENT_ACTIVATED", "wait"),
        Export.element(51, "ELEMENT_ACTIVATED", "wait"),
        Export.incident(52, "CREATED", 11));

    apply(
        Export.in("two", Export.flow(1, Export.FLOW, 1)),
        Export.in("two", Export.element(2, "ELEMENT_ACTIVATED", "send")));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("send", 1, 0, 0, 0));
    assertThat(statistics.openIncidents(Export.FLOW, 10)).isEmpty();
  }

  @Test
  void streams_may_change_in_the_middle_of_a_batch() {
    apply(
        Export.element(50, "ELEMENT_ACTIVATED", "wait"),
        Export.in("two", Export.element(1, "ELEMENT_ACTIVATED", "wait")),
        Export.in("three", Export.element(1, "ELEMENT_ACTIVATED", "send")));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("send", 1, 0, 0, 0));
  }

  @Test
  void what_comes_late_or_again_of_a_former_stream_is_passed_over() {
    String old = Export.element(50, "ELEMENT_ACTIVATED", "wait");
    String fresh = Export.in("two", Export.element(1, "ELEMENT_ACTIVATED", "send"));
    apply(old);
    apply(fresh);

    apply(old, Export.element(51, "ELEMENT_COMPLETED", "wait"), fresh);
    apply(old, fresh, Export.in("two", Export.element(2, "ELEMENT_COMPLETED", "send")));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(new FlowStatistics.Element("send", 0, 1, 0, 0));
  }

  @Test
  void a_partition_that_begins_anew_leaves_the_others_alone() {
    apply(
        Export.element(1, 50, "ELEMENT_ACTIVATED", "wait"),
        Export.element(2, 60, "ELEMENT_ACTIVATED", "wait"));

    apply(
        Export.in("two", Export.element(1, 1, "ELEMENT_ACTIVATED", "send")),
        Export.element(2, 61, "ELEMENT_COMPLETED", "wait"));

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(
            new FlowStatistics.Element("send", 1, 0, 0, 0),
            new FlowStatistics.Element("wait", 0, 1, 0, 0));
  }

  @Test
  void flows_of_the_emptied_broker_go_and_those_of_the_new_one_stay() {
    apply(at(1_000, Export.flow(1, Export.FLOW, 1)), at(2_000, Export.flow(2, 8, 2)));
    new NotedFlows(jdbc).register(9, "other", 1, "<bpmn/>", Instant.ofEpochMilli(3_500));

    apply(Export.in("two", at(3_000, Export.flow(1, Export.FLOW, 1))));

    assertThat(jdbc.queryForList("select process_key from flow_version order by 1", Long.class))
        .containsExactly(Export.FLOW, 9L);
  }

  @Test
  void flows_stay_where_the_broker_has_its_data_and_only_the_stream_is_new() {
    apply(at(1_000, Export.flow(1, Export.FLOW, 1)));

    apply(Export.in("two", at(3_000, Export.element(90, "ELEMENT_ACTIVATED", "wait"))));
    apply(Export.in("three", at(4_000, Export.flow(91, 8, 2))));

    assertThat(statistics.versions()).hasSize(2);
  }

  private static String at(long time, String record) {
    return record.replace("1700000000000", Long.toString(time));
  }

  @Test
  void several_readers_at_once_neither_lose_a_count_nor_stand_in_each_others_way() {
    IntStream.rangeClosed(1, 8)
        .parallel()
        .forEach(
            partition -> {
              for (int batch = 0; batch < 20; batch++) {
                apply(
                    Export.element(partition, 2 * batch + 1, "ELEMENT_ACTIVATED", "b"),
                    Export.element(partition, 2 * batch + 2, "ELEMENT_ACTIVATED", "a"));
              }
            });

    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(
            new FlowStatistics.Element("a", 160, 0, 0, 0),
            new FlowStatistics.Element("b", 160, 0, 0, 0));
  }

  @Test
  void an_instance_that_is_moved_stands_in_the_other_version_and_never_was_in_this_one() {
    apply(
        Export.at(1, "ELEMENT_ACTIVATED", 8, "abandoned-cart", Export.FLOW),
        Export.at(2, "ELEMENT_ACTIVATED", 9, "wait", Export.FLOW),
        Export.at(3, "ELEMENT_ACTIVATED", 10, "send", Export.FLOW),
        Export.at(4, "ELEMENT_COMPLETED", 10, "send", Export.FLOW));
    assertThat(places()).containsExactly("7 8 abandoned-cart", "7 9 wait");

    apply(
        Export.at(5, "ELEMENT_MIGRATED", 8, "abandoned-cart", 70),
        Export.at(6, "ELEMENT_MIGRATED", 9, "waitLonger", 70));

    assertThat(places()).containsExactly("70 8 abandoned-cart", "70 9 waitLonger");
    assertThat(statistics.elements(Export.FLOW))
        .containsExactly(
            new FlowStatistics.Element("abandoned-cart", 0, 0, 0, 0),
            new FlowStatistics.Element("send", 0, 1, 0, 0),
            new FlowStatistics.Element("wait", 0, 0, 0, 0));
    assertThat(statistics.elements(70))
        .containsExactly(
            new FlowStatistics.Element("abandoned-cart", 1, 0, 0, 0),
            new FlowStatistics.Element("waitLonger", 1, 0, 0, 0));
  }

  @Test
  void it_is_all_the_same_when_it_comes_in_one_batch() {
    apply(
        Export.at(1, "ELEMENT_ACTIVATED", 9, "wait", Export.FLOW),
        Export.at(2, "ELEMENT_MIGRATED", 9, "waitLonger", 70),
        Export.at(3, "ELEMENT_MIGRATED", 9, "waitLongest", 71));
    apply(
        Export.at(4, "ELEMENT_MIGRATED", 9, "wait", 72),
        Export.at(5, "ELEMENT_MIGRATED", 9, "waitLonger", 73),
        Export.at(6, "ELEMENT_COMPLETED", 9, "waitLonger", 73));

    assertThat(places()).isEmpty();
    for (long version : new long[] {Export.FLOW, 70, 71, 72}) {
      assertThat(statistics.elements(version))
          .allSatisfy(
              element -> {
                assertThat(element.active()).isZero();
                assertThat(element.completed()).isZero();
              });
    }
    assertThat(statistics.elements(73))
        .containsExactly(new FlowStatistics.Element("waitLonger", 0, 1, 0, 0));
    assertThat(jdbc.queryForObject("select min(activated) from flow_element_count", Long.class))
        .isZero();
  }

  @Test
  void an_open_incident_moves_with_its_instance() {
    apply(Export.incident(1, "CREATED", 11));
    apply(
        Export.incident(2, "MIGRATED", 11)
            .replace("\"processKey\":7", "\"processKey\":70")
            .replace("\"elementId\":\"send\"", "\"elementId\":\"sendAnew\""));

    assertThat(statistics.openIncidents(Export.FLOW, 10)).isEmpty();
    assertThat(statistics.openIncidents(70, 10))
        .extracting(FlowStatistics.Incident::elementId)
        .containsExactly("sendAnew");
  }

  @Test
  void of_steps_that_ended_those_are_noted_whose_touch_is_not_settled() {
    touch(11, "planned");
    touch(12, "claimed");
    touch(13, "handing-over");
    touch(14, "accepted");
    touch(15, "denied");
    touch(16, "rejected");
    touch(17, "uncertain");
    touch(18, "planned");
    for (long key = 11; key <= 17; key++) {
      apply(Export.at(2 * key, "ELEMENT_ACTIVATED", key, "send", Export.FLOW));
      apply(Export.at(2 * key + 1, "ELEMENT_TERMINATED", key, "send", Export.FLOW));
    }
    apply(
        Export.at(50, "ELEMENT_ACTIVATED", 18, "send", Export.FLOW),
        Export.at(51, "ELEMENT_COMPLETED", 18, "send", Export.FLOW));

    assertThat(endedSteps()).containsExactly(11L, 12L, 13L, 18L);
    assertThat(jdbc.queryForList("select distinct ended_at from ended_step", OffsetDateTime.class))
        .extracting(OffsetDateTime::toInstant)
        .as("which touch it was of goes by that")
        .containsExactly(Instant.ofEpochMilli(1_700_000_000_000L));
  }

  @Test
  void of_a_key_that_was_handed_out_again_the_later_end_is_noted() {
    String end = Export.at(2, "ELEMENT_TERMINATED", 11, "send", Export.FLOW);
    String later = end.replace("\"position\":2", "\"position\":3").replace("17000000", "17000009");
    apply(end, later);
    apply(end.replace("\"position\":2", "\"position\":4"));

    assertThat(
            jdbc.queryForObject("select ended_at from ended_step", OffsetDateTime.class)
                .toInstant())
        .isEqualTo(Instant.ofEpochMilli(1_700_000_900_000L));
  }

  @Test
  void a_step_that_was_cut_short_is_noted_before_its_touch_is_there_and_no_other_element() {
    apply(
        Export.at(1, "ELEMENT_TERMINATED", 11, "send", Export.FLOW),
        Export.at(2, "ELEMENT_TERMINATED", 12, "send", Export.FLOW)
            .replace("SERVICE_TASK", "SEND_TASK"),
        Export.at(3, "ELEMENT_TERMINATED", 13, "wait", Export.FLOW)
            .replace("SERVICE_TASK", "INTERMEDIATE_CATCH_EVENT"),
        Export.at(4, "ELEMENT_COMPLETED", 14, "addPoints", Export.FLOW));

    assertThat(endedSteps()).containsExactly(11L, 12L);
  }

  @Test
  void an_end_that_is_told_twice_late_or_by_a_model_made_anew_is_noted_once() {
    touch(11, "planned");
    String end = Export.at(2, "ELEMENT_TERMINATED", 11, "send", Export.FLOW);
    apply(end, end);
    apply(end);
    assertThat(endedSteps()).containsExactly(11L);

    jdbc.update("update touch set state = 'denied'");
    jdbc.update("delete from ended_step");
    apply(Export.in("two", end));
    assertThat(endedSteps()).isEmpty();
  }

  @Test
  void what_is_only_moved_or_only_forgotten_has_not_ended() {
    touch(9, "planned");
    apply(Export.at(1, "ELEMENT_ACTIVATED", 9, "send", Export.FLOW));
    apply(Export.at(2, "ELEMENT_MIGRATED", 9, "send", 70));
    apply(Export.in("two", Export.flow(1, Export.FLOW, 1)));

    assertThat(places()).isEmpty();
    assertThat(endedSteps()).isEmpty();
  }

  @Test
  void an_emptied_broker_hands_out_the_same_keys_for_other_steps() {
    apply(Export.at(1, "ELEMENT_TERMINATED", 9, "send", Export.FLOW));
    apply(Export.element(2, 1, "ELEMENT_TERMINATED", "send").replace("\"key\":9", "\"key\":10"));
    assertThat(endedSteps()).containsExactly(9L, 10L);
    apply(Export.in("two", Export.flow(1, Export.FLOW, 1)));

    assertThat(endedSteps()).containsExactly(10L);
  }

  private List<Long> endedSteps() {
    return jdbc.queryForList("select key from ended_step order by key", Long.class);
  }

  private void touch(long key, String state) {
    jdbc.update(
        "insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,"
            + " process_instance_key, message, priority, state, planned_at)"
            + " values (?, gen_random_uuid(), 'email', 'marketing', 'abandoned-cart', 1, 'send',"
            + " 8, 'reminder', 'normal', ?, now())",
        key,
        state);
  }

  private List<String> places() {
    return jdbc.queryForList(
        """
        select process_key || ' ' || key || ' ' || element_id from flow_element_instance
        order by process_key, key
        """,
        String.class);
  }

  private ReadModel modelWith(FlowRegistry flows) {
    return new ReadModel(
        new ReadModelJdbc(jdbc),
        new InstanceModelJdbc(jdbc),
        new EndedStepsJdbc(jdbc),
        new TaskModelJdbc(jdbc),
        flows,
        new ReadModelSourceJdbc(jdbc),
        new TransactionTemplate(new JdbcTransactionManager(database)));
  }

  private void apply(String... records) {
    model.apply(parse(records));
  }

  private static List<ExportedRecord> parse(String... records) {
    return Arrays.stream(records).map(ExportedRecord::parse).toList();
  }
}
