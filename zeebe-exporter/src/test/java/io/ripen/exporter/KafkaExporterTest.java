package io.ripen.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.camunda.zeebe.protocol.record.ImmutableRecord;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.RecordValue;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessIntent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.intent.VariableIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ErrorType;
import io.camunda.zeebe.protocol.record.value.ImmutableIncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableUserTaskRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableVariableRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.ImmutableProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaExporterTest {

  private final Kafka kafka = new Kafka();
  private final Broker broker = new Broker(Map.of("bootstrapservers", "127.0.0.1:29092"));
  private final KafkaExporter exporter = new KafkaExporter(settings -> kafka.open());

  @Test
  void an_element_that_became_active_is_written_with_its_flow_and_place() {
    broker.metadata = "stream-1".getBytes(StandardCharsets.UTF_8);
    open();
    exporter.export(element(42, ProcessInstanceIntent.ELEMENT_ACTIVATED));

    var message = kafka.producer().history().getFirst();
    assertThat(message.topic()).isEqualTo("ripen.zeebe");
    assertThat(message.key()).isEqualTo("3");
    assertThat(message.value())
        .isEqualTo(
            "{\"position\":42,\"partition\":3,\"stream\":\"stream-1\",\"valueType\":\"PROCESS_INSTANCE\","
                + "\"intent\":\"ELEMENT_ACTIVATED\",\"key\":99,\"timestamp\":1700000000000,"
                + "\"processId\":\"abandoned-cart\",\"version\":2,\"processKey\":7,"
                + "\"elementId\":\"send-reminder\",\"elementType\":\"SERVICE_TASK\","
                + "\"instanceKey\":8}");
  }

  @Test
  void an_element_that_came_to_another_version_is_written_too() {
    open();
    exporter.export(element(43, ProcessInstanceIntent.ELEMENT_MIGRATED));

    assertThat(kafka.producer().history().getFirst().value())
        .contains("\"intent\":\"ELEMENT_MIGRATED\"", "\"version\":2,\"processKey\":7");
  }

  @Test
  void an_incident_is_written_with_what_went_wrong() {
    open();
    exporter.export(
        record(
            1,
            ValueType.INCIDENT,
            IncidentIntent.CREATED,
            ImmutableIncidentRecordValue.builder()
                .withBpmnProcessId("abandoned-cart")
                .withProcessDefinitionKey(7)
                .withProcessInstanceKey(8)
                .withElementId("send-reminder")
                .withElementInstanceKey(9)
                .withErrorType(ErrorType.JOB_NO_RETRIES)
                .withErrorMessage("no \"template\"\n\tat line 3\u0001")
                .build()));

    assertThat(kafka.values().getFirst())
        .contains("\"errorType\":\"JOB_NO_RETRIES\"")
        .contains("\"errorMessage\":\"no \\\"template\\\"\\n\\tat line 3\\u0001\"");
  }

  @Test
  void a_new_flow_is_written_with_its_bpmn() {
    open();
    exporter.export(
        record(
            1,
            ValueType.PROCESS,
            ProcessIntent.CREATED,
            ImmutableProcess.builder()
                .withBpmnProcessId("abandoned-cart")
                .withVersion(2)
                .withProcessDefinitionKey(7)
                .withResourceName("abandoned-cart.bpmn")
                .withResource("<bpmn name=\"Kosár ⏰\"/>".getBytes(StandardCharsets.UTF_8))
                .build()));

    assertThat(kafka.values().getFirst()).contains("\"xml\":\"<bpmn name=\\\"Kosár ⏰\\\"/>\"");
  }

  @Test
  void a_task_for_a_person_is_written_with_who_may_do_it_and_until_when() {
    open();
    exporter.export(
        record(
            1,
            ValueType.USER_TASK,
            UserTaskIntent.ASSIGNED,
            ImmutableUserTaskRecordValue.builder()
                .withBpmnProcessId("sales-handoff")
                .withProcessDefinitionVersion(2)
                .withProcessDefinitionKey(7)
                .withProcessInstanceKey(8)
                .withElementId("userTask_takeLead")
                .withAssignee("anna")
                .withCandidateGroupsList(List.of("sales", "sales-leads"))
                .withCandidateUsersList(List.of())
                .withDueDate("2026-11-24T20:00Z[GMT]")
                .withCreationTimestamp(1699999999000L)
                .withVariables(Map.of("note", "call Zsófia"))
                .build()));

    assertThat(kafka.values().getFirst())
        .contains("\"valueType\":\"USER_TASK\",\"intent\":\"ASSIGNED\",\"key\":99")
        .endsWith(
            "\"processId\":\"sales-handoff\",\"version\":2,\"processKey\":7,"
                + "\"elementId\":\"userTask_takeLead\",\"instanceKey\":8,\"assignee\":\"anna\","
                + "\"candidateGroups\":[\"sales\",\"sales-leads\"],\"candidateUsers\":[],"
                + "\"dueDate\":\"2026-11-24T20:00Z[GMT]\",\"createdAt\":1699999999000}");
  }

  @Test
  void of_an_instance_s_variables_only_the_id_of_its_lead_is_written() {
    open();
    exporter.export(variable("leadId", "\"0190a1b2-0000-7000-8000-000000000001\"", 8));

    assertThat(kafka.values().getFirst())
        .endsWith(
            "\"processId\":\"sales-handoff\",\"processKey\":7,\"instanceKey\":8,"
                + "\"leadId\":\"0190a1b2-0000-7000-8000-000000000001\"}");
  }

  @Test
  void other_variables_and_a_lead_id_that_is_none_stay_in_the_broker() {
    open();
    exporter.export(variable("email", "\"anna@example.com\"", 8));
    exporter.export(variable("leadId", "\"anna@example.com\"", 8));
    exporter.export(variable("leadId", "{\"email\":\"anna@example.com\"}", 8));
    exporter.export(variable("leadId", "\"0190a1b2-0000-7000-8000-000000000001\"", 12));
    broker.tick();

    assertThat(kafka.producers).isEmpty();
    assertThat(broker.position).isEqualTo(1);
  }

  private static Record<?> variable(String name, String value, long scope) {
    return record(
        1,
        ValueType.VARIABLE,
        VariableIntent.CREATED,
        ImmutableVariableRecordValue.builder()
            .withBpmnProcessId("sales-handoff")
            .withProcessDefinitionKey(7)
            .withProcessInstanceKey(8)
            .withScopeKey(scope)
            .withName(name)
            .withValue(value)
            .build());
  }

  @Test
  void what_ripen_does_not_read_is_left_out_and_yet_moves_the_position() {
    open();
    exporter.export(element(5, ProcessInstanceIntent.ELEMENT_ACTIVATING));
    broker.tick();

    assertThat(kafka.producers).isEmpty();
    assertThat(broker.position).isEqualTo(5);
  }

  @Test
  void commands_are_left_out() {
    open();
    exporter.export(
        ImmutableRecord.builder()
            .from(
                (ImmutableRecord<RecordValue>) element(5, ProcessInstanceIntent.ELEMENT_ACTIVATED))
            .withRecordType(RecordType.COMMAND)
            .build());

    assertThat(kafka.producers).isEmpty();
  }

  @Test
  void the_broker_filters_by_type_before_it_decodes() {
    open();

    assertThat(broker.filter.acceptType(RecordType.EVENT)).isTrue();
    assertThat(broker.filter.acceptType(RecordType.COMMAND)).isFalse();
    assertThat(broker.filter.acceptValue(ValueType.INCIDENT)).isTrue();
    assertThat(broker.filter.acceptValue(ValueType.USER_TASK)).isTrue();
    assertThat(broker.filter.acceptValue(ValueType.JOB)).isFalse();
  }

  @Test
  void the_position_follows_the_acknowledgements() {
    open();
    exporter.export(element(1, ProcessInstanceIntent.ELEMENT_ACTIVATED));
    exporter.export(element(2, ProcessInstanceIntent.ELEMENT_COMPLETED));
    broker.tick();
    assertThat(broker.position).isEqualTo(-1);

    kafka.producer().completeNext();
    broker.tick();
    assertThat(broker.position).isEqualTo(1);
  }

  @Test
  void a_stream_keeps_its_name_for_as_long_as_the_broker_keeps_its_data() {
    open();
    exporter.export(element(1, ProcessInstanceIntent.ELEMENT_ACTIVATED));
    kafka.producer().completeNext();
    broker.tick();
    String name = stream(kafka.values().getFirst());
    exporter.close();

    KafkaExporter afterRestart = new KafkaExporter(settings -> kafka.open());
    afterRestart.configure(broker);
    afterRestart.open(broker);
    afterRestart.export(element(2, ProcessInstanceIntent.ELEMENT_COMPLETED));
    assertThat(stream(kafka.values().getLast())).isEqualTo(name).isNotEmpty();

    Broker emptied = new Broker(broker.arguments);
    KafkaExporter anew = new KafkaExporter(settings -> kafka.open());
    anew.configure(emptied);
    anew.open(emptied);
    anew.export(element(1, ProcessInstanceIntent.ELEMENT_ACTIVATED));
    assertThat(stream(kafka.values().getLast())).isNotEqualTo(name).isNotEmpty();
  }

  private static String stream(String json) {
    return json.replaceFirst(".*\"stream\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void with_too_much_waiting_the_broker_is_asked_to_offer_the_record_again() {
    open();
    for (int position = 0; position < Delivery.LIMIT; position++) {
      exporter.export(element(position, ProcessInstanceIntent.ELEMENT_ACTIVATED));
    }
    Record<?> next = element(Delivery.LIMIT, ProcessInstanceIntent.ELEMENT_ACTIVATED);
    assertThatExceptionOfType(KafkaBehind.class).isThrownBy(() -> exporter.export(next));

    while (kafka.producer().completeNext()) {}
    broker.tick();
    exporter.export(next);
    assertThat(broker.position).isEqualTo(Delivery.LIMIT - 1);
  }

  @Test
  void a_closed_exporter_sets_no_more_timers() {
    open();
    exporter.close();
    broker.tick();

    assertThat(broker.timers).isEmpty();
  }

  @Test
  void missing_servers_are_named_when_the_broker_starts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> exporter.configure(new Broker(Map.of())))
        .withMessageContaining("bootstrapServers")
        .withMessageContaining("expected: host:port");
  }

  @Test
  void further_settings_of_the_producer_come_as_names_or_as_maps() {
    ExporterSettings settings =
        ExporterSettings.from(
            Map.of(
                "bootstrapServers",
                "kafka:9092",
                "topic",
                "other",
                "producer",
                Map.of("security", Map.of("protocol", "SASL_SSL"), "linger.ms", 5)));

    assertThat(settings.topic()).isEqualTo("other");
    assertThat(settings.producer())
        .containsOnly(Map.entry("security.protocol", "SASL_SSL"), Map.entry("linger.ms", "5"));
  }

  private void open() {
    exporter.configure(broker);
    exporter.open(broker);
  }

  private static Record<?> element(long position, ProcessInstanceIntent intent) {
    return record(
        position,
        ValueType.PROCESS_INSTANCE,
        intent,
        ImmutableProcessInstanceRecordValue.builder()
            .withBpmnProcessId("abandoned-cart")
            .withVersion(2)
            .withProcessDefinitionKey(7)
            .withProcessInstanceKey(8)
            .withElementId("send-reminder")
            .withBpmnElementType(BpmnElementType.SERVICE_TASK)
            .build());
  }

  private static Record<?> record(long position, ValueType type, Intent intent, RecordValue value) {
    return ImmutableRecord.builder()
        .withPosition(position)
        .withPartitionId(3)
        .withKey(99)
        .withTimestamp(1700000000000L)
        .withRecordType(RecordType.EVENT)
        .withValueType(type)
        .withIntent(intent)
        .withValue(value)
        .build();
  }
}
