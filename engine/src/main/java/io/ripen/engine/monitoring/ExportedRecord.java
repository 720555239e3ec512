package io.ripen.engine.monitoring;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One record of Zeebe's export stream, as {@code io.ripen.exporter.RecordJson} writes it.
 *
 * @param position the record's place in the log of its partition, growing within a stream
 * @param stream changes when the broker begins without its data
 * @param timestamp milliseconds since 1970, by the broker's clock
 * @param version the flow's version; incidents have none
 * @param xml the BPMN of a new flow
 * @param assignee who has a task for a person; empty for nobody
 * @param candidateUsers whom it is offered to
 * @param dueDate as the flow gave it
 * @param createdAt when the task came up, as {@code timestamp}
 * @param leadId whom an instance is about
 */
record ExportedRecord(
    long position,
    int partition,
    String stream,
    String valueType,
    String intent,
    long key,
    long timestamp,
    String processId,
    @Nullable Integer version,
    long processKey,
    @Nullable String elementId,
    @Nullable String elementType,
    @Nullable Long instanceKey,
    @Nullable String errorType,
    @Nullable String errorMessage,
    @Nullable String xml,
    @Nullable String assignee,
    @Nullable List<String> candidateGroups,
    @Nullable List<String> candidateUsers,
    @Nullable String dueDate,
    @Nullable Long createdAt,
    @Nullable UUID leadId) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads the JSON.
   *
   * @throws IllegalArgumentException when it is not such a record
   */
  static ExportedRecord parse(String json) {
    try {
      ExportedRecord record = JSON.readValue(json, ExportedRecord.class);
      if (record == null
          || record.stream == null
          || record.valueType == null
          || record.intent == null) {
        throw new IllegalArgumentException(
            "no stream, valueType or intent in it (expected: a record)");
      }
      return record;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a record: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Whether a broker without data begins like this: nothing can run before the first flow is there.
   */
  boolean isFirstFlow() {
    return valueType.equals("PROCESS") && version != null && version == 1;
  }

  /** The same flow, with its BPMN. */
  ExportedRecord withXml(String bpmn) {
    return new ExportedRecord(
        position,
        partition,
        stream,
        valueType,
        intent,
        key,
        timestamp,
        processId,
        version,
        processKey,
        elementId,
        elementType,
        instanceKey,
        errorType,
        errorMessage,
        bpmn,
        assignee,
        candidateGroups,
        candidateUsers,
        dueDate,
        createdAt,
        leadId);
  }

  Instant at() {
    return Instant.ofEpochMilli(timestamp);
  }
}
