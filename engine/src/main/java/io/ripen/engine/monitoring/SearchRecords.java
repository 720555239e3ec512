package io.ripen.engine.monitoring;

import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.ElementInstance;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.search.response.ProcessDefinition;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.client.api.search.response.Variable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives what Camunda's search found the form that the exporter's records have. */
final class SearchRecords {

  static final String PROCESS = "PROCESS";

  private static final int PARTITION_BITS = 51;
  private static final String STREAM = "search";

  /** As JSON, so in quotes. What is no id could be an address that somebody put there. */
  private static final Pattern ID =
      Pattern.compile("\"(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\"");

  private SearchRecords() {}

  static ExportedRecord of(ElementInstance found, @Nullable OffsetDateTime at) {
    return element(
        "ELEMENT_" + name(found.getState()),
        found.getElementInstanceKey(),
        at,
        found.getProcessDefinitionId(),
        found.getProcessDefinitionKey(),
        found.getElementId(),
        name(found.getType()),
        found.getProcessInstanceKey());
  }

  /** An instance is the element that is named as its process. */
  static ExportedRecord of(ProcessInstance found, @Nullable OffsetDateTime at) {
    return element(
        "ELEMENT_" + name(found.getState()),
        found.getProcessInstanceKey(),
        at,
        found.getProcessDefinitionId(),
        found.getProcessDefinitionKey(),
        found.getProcessDefinitionId(),
        PROCESS,
        found.getProcessInstanceKey());
  }

  static ExportedRecord of(Incident found) {
    return new ExportedRecord(
        0,
        partition(found.getIncidentKey()),
        STREAM,
        "INCIDENT",
        "CREATED",
        found.getIncidentKey(),
        millis(found.getCreationTime()),
        found.getProcessDefinitionId(),
        null,
        found.getProcessDefinitionKey(),
        found.getElementId(),
        null,
        found.getProcessInstanceKey(),
        name(found.getErrorType()),
        found.getErrorMessage(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** {@code at} is what it is looked for by: when it came up, or ended. */
  static ExportedRecord of(UserTask found, @Nullable OffsetDateTime at) {
    OffsetDateTime due = found.getDueDate();
    return new ExportedRecord(
        0,
        partition(found.getUserTaskKey()),
        STREAM,
        "USER_TASK",
        intent(found.getState()),
        found.getUserTaskKey(),
        millis(at),
        found.getBpmnProcessId(),
        found.getProcessDefinitionVersion(),
        found.getProcessDefinitionKey(),
        found.getElementId(),
        null,
        found.getProcessInstanceKey(),
        null,
        null,
        null,
        found.getAssignee(),
        orNone(found.getCandidateGroups()),
        orNone(found.getCandidateUsers()),
        due == null ? null : due.toString(),
        millis(found.getCreationDate()),
        null);
  }

  /** Empty for a variable that names no lead. */
  static Optional<ExportedRecord> lead(Variable found) {
    Matcher id = ID.matcher(String.valueOf(found.getValue()));
    if (!id.matches() || !found.getScopeKey().equals(found.getProcessInstanceKey())) {
      return Optional.empty();
    }
    return Optional.of(
        new ExportedRecord(
            0,
            partition(found.getProcessInstanceKey()),
            STREAM,
            "VARIABLE",
            "CREATED",
            found.getVariableKey(),
            0,
            "",
            null,
            0,
            null,
            null,
            found.getProcessInstanceKey(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            UUID.fromString(id.group(1))));
  }

  /** A flow; {@code xml} is null where it was not asked for. */
  static ExportedRecord of(ProcessDefinition found, @Nullable String xml, Instant noticedAt) {
    return new ExportedRecord(
        0,
        partition(found.getProcessDefinitionKey()),
        STREAM,
        "PROCESS",
        "CREATED",
        found.getProcessDefinitionKey(),
        noticedAt.toEpochMilli(),
        found.getProcessDefinitionId(),
        found.getVersion(),
        found.getProcessDefinitionKey(),
        null,
        null,
        null,
        null,
        null,
        xml,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static ExportedRecord element(
      String intent,
      long key,
      @Nullable OffsetDateTime at,
      String processId,
      long processKey,
      String elementId,
      String elementType,
      long instanceKey) {
    return new ExportedRecord(
        0,
        partition(key),
        STREAM,
        "PROCESS_INSTANCE",
        intent,
        key,
        millis(at),
        processId,
        null,
        processKey,
        elementId,
        elementType,
        instanceKey,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static String name(@Nullable Enum<?> value) {
    return value == null ? "UNKNOWN" : value.name();
  }

  /** As the exporter names what has happened; while it is about to happen it has not. */
  private static String intent(UserTaskState state) {
    return switch (state) {
      case COMPLETED, CANCELED -> state.name();
      default -> "UPDATED";
    };
  }

  /** Zeebe puts the number of the partition into the upper bits of its keys. */
  private static int partition(long key) {
    return (int) (key >> PARTITION_BITS);
  }

  private static long millis(@Nullable OffsetDateTime at) {
    return at == null ? 0 : at.toInstant().toEpochMilli();
  }

  private static List<String> orNone(@Nullable List<String> texts) {
    return texts == null ? List.of() : texts;
  }
}
