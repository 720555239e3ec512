package io.ripen.exporter;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.RecordValue;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessIntent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.intent.VariableIntent;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.Process;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a record on the topic, one JSON object a record, without anything personal: of all
 * variables only {@code leadId} is told, and only where it is an id.
 *
 * <p>All have {@code position}, {@code partition} and {@code stream} (a record's name: positions of
 * one partition only grow, until the broker has lost its data or knows nothing of this exporter;
 * then another stream begins, with the first record that the broker has), {@code valueType}, {@code
 * intent}, {@code key} and {@code timestamp} (milliseconds since 1970, by the broker's clock).
 * Besides:
 *
 * <ul>
 *   <li>{@code PROCESS_INSTANCE} with {@code ELEMENT_ACTIVATED}, {@code ELEMENT_COMPLETED}, {@code
 *       ELEMENT_TERMINATED}, {@code ELEMENT_MIGRATED} (with the version and the element that it is
 *       of then) or {@code SEQUENCE_FLOW_TAKEN}: {@code processId}, {@code version}, {@code
 *       processKey}, {@code elementId}, {@code elementType}, {@code instanceKey}; {@code key} is
 *       the element instance. {@code elementType} {@code PROCESS} is the instance itself.
 *   <li>{@code INCIDENT} with {@code CREATED}, {@code MIGRATED} or {@code RESOLVED}: {@code
 *       processId}, {@code processKey}, {@code elementId}, {@code elementInstanceKey}, {@code
 *       instanceKey}, {@code errorType}, {@code errorMessage}
 *   <li>{@code PROCESS} with {@code CREATED}, on the partition that took the deployment and on all
 *       others: {@code processId}, {@code version}, {@code processKey}, {@code resourceName},
 *       {@code xml}
 *   <li>{@code USER_TASK} with {@code CREATED}, {@code ASSIGNED}, {@code UPDATED}, {@code
 *       MIGRATED}, {@code COMPLETED} or {@code CANCELED}, each with all that the task is then:
 *       {@code processId}, {@code version}, {@code processKey}, {@code elementId}, {@code
 *       instanceKey}, {@code assignee} (empty for nobody), {@code candidateGroups}, {@code
 *       candidateUsers}, {@code dueDate} (as the flow gave it, or empty), {@code createdAt}
 *       (milliseconds)
 *   <li>{@code VARIABLE} with {@code CREATED} or {@code UPDATED}, of {@code leadId} in an
 *       instance's own scope: {@code processId}, {@code processKey}, {@code instanceKey}, {@code
 *       leadId}
 * </ul>
 *
 * <p>Fields may be added; a reader passes over those that it does not know.
 */
final class RecordJson {

  private static final Set<Intent> READ =
      Set.of(
          ProcessInstanceIntent.ELEMENT_ACTIVATED,
          ProcessInstanceIntent.ELEMENT_COMPLETED,
          ProcessInstanceIntent.ELEMENT_TERMINATED,
          ProcessInstanceIntent.ELEMENT_MIGRATED,
          ProcessInstanceIntent.SEQUENCE_FLOW_TAKEN,
          IncidentIntent.CREATED,
          IncidentIntent.MIGRATED,
          IncidentIntent.RESOLVED,
          ProcessIntent.CREATED,
          UserTaskIntent.CREATED,
          UserTaskIntent.ASSIGNED,
          UserTaskIntent.UPDATED,
          UserTaskIntent.MIGRATED,
          UserTaskIntent.COMPLETED,
          UserTaskIntent.CANCELED,
          VariableIntent.CREATED,
          VariableIntent.UPDATED);

  private static final String LEAD_ID = "leadId";

  /** As JSON, so in quotes. What is no id could be an address that somebody put there. */
  private static final Pattern ID =
      Pattern.compile("\"(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\"");

  private RecordJson() {}

  /** Empty for a record that Ripen does not read. */
  static Optional<String> write(Record<?> record, String stream) {
    if (record.getRecordType() != RecordType.EVENT || !READ.contains(record.getIntent())) {
      return Optional.empty();
    }
    RecordValue value = record.getValue();
    if (value instanceof ProcessInstanceRecordValue instance) {
      return Optional.of(instance(head(record, stream), instance));
    }
    if (value instanceof IncidentRecordValue incident) {
      return Optional.of(incident(head(record, stream), incident));
    }
    if (value instanceof Process process) {
      return Optional.of(process(head(record, stream), process));
    }
    if (value instanceof UserTaskRecordValue task) {
      return Optional.of(task(head(record, stream), task));
    }
    if (value instanceof VariableRecordValue variable) {
      return leadId(variable).map(id -> lead(head(record, stream), variable, id));
    }
    return Optional.empty();
  }

  private static Optional<String> leadId(VariableRecordValue variable) {
    if (!variable.getName().equals(LEAD_ID)
        || variable.getScopeKey() != variable.getProcessInstanceKey()) {
      return Optional.empty();
    }
    Matcher id = ID.matcher(variable.getValue());
    return id.matches() ? Optional.of(id.group(1)) : Optional.empty();
  }

  private static String lead(JsonObject head, VariableRecordValue value, String leadId) {
    return head.put("processId", value.getBpmnProcessId())
        .put("processKey", value.getProcessDefinitionKey())
        .put("instanceKey", value.getProcessInstanceKey())
        .put("leadId", leadId)
        .end();
  }

  private static String task(JsonObject head, UserTaskRecordValue value) {
    return head.put("processId", value.getBpmnProcessId())
        .put("version", value.getProcessDefinitionVersion())
        .put("processKey", value.getProcessDefinitionKey())
        .put("elementId", value.getElementId())
        .put("instanceKey", value.getProcessInstanceKey())
        .put("assignee", value.getAssignee())
        .put("candidateGroups", value.getCandidateGroupsList())
        .put("candidateUsers", value.getCandidateUsersList())
        .put("dueDate", value.getDueDate())
        .put("createdAt", value.getCreationTimestamp())
        .end();
  }

  private static String instance(JsonObject head, ProcessInstanceRecordValue value) {
    return head.put("processId", value.getBpmnProcessId())
        .put("version", value.getVersion())
        .put("processKey", value.getProcessDefinitionKey())
        .put("elementId", value.getElementId())
        .put("elementType", value.getBpmnElementType().name())
        .put("instanceKey", value.getProcessInstanceKey())
        .end();
  }

  private static String incident(JsonObject head, IncidentRecordValue value) {
    return head.put("processId", value.getBpmnProcessId())
        .put("processKey", value.getProcessDefinitionKey())
        .put("elementId", value.getElementId())
        .put("elementInstanceKey", value.getElementInstanceKey())
        .put("instanceKey", value.getProcessInstanceKey())
        .put("errorType", value.getErrorType().name())
        .put("errorMessage", value.getErrorMessage())
        .end();
  }

  private static String process(JsonObject head, Process value) {
    return head.put("processId", value.getBpmnProcessId())
        .put("version", value.getVersion())
        .put("processKey", value.getProcessDefinitionKey())
        .put("resourceName", value.getResourceName())
        .put("xml", new String(value.getResource(), StandardCharsets.UTF_8))
        .end();
  }

  private static JsonObject head(Record<?> record, String stream) {
    return new JsonObject()
        .put("position", record.getPosition())
        .put("partition", record.getPartitionId())
        .put("stream", stream)
        .put("valueType", record.getValueType().name())
        .put("intent", record.getIntent().name())
        .put("key", record.getKey())
        .put("timestamp", record.getTimestamp());
  }
}
