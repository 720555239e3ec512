package io.ripen.exporter;

import io.camunda.zeebe.exporter.api.context.Context.RecordFilter;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;

/** What the broker need not even decode for us. */
final class ReadRecords implements RecordFilter {

  @Override
  public boolean acceptType(RecordType type) {
    return type == RecordType.EVENT;
  }

  @Override
  public boolean acceptValue(ValueType type) {
    return type == ValueType.PROCESS_INSTANCE
        || type == ValueType.INCIDENT
        || type == ValueType.PROCESS
        || type == ValueType.USER_TASK
        // Only for the one that says which lead an instance is about; see RecordJson.
        || type == ValueType.VARIABLE;
  }
}
