package io.ripen.engine.monitoring;

/** Records as the exporter writes them. */
final class Export {

  static final long FLOW = 7;

  private Export() {}

  static String flow(long position, long processKey, int version) {
    return """
        {"position":%d,"partition":1,"stream":"one","valueType":"PROCESS","intent":"CREATED","key":%d,\
        "timestamp":1700000000000,"processId":"abandoned-cart","version":%d,"processKey":%d,\
        "resourceName":"abandoned-cart.bpmn","xml":"<bpmn/>"}"""
        .formatted(position, processKey, version, processKey);
  }

  /** The same record in another stream. */
  static String in(String stream, String record) {
    return record.replace("\"stream\":\"one\"", "\"stream\":\"" + stream + "\"");
  }

  static String element(long position, String intent, String elementId) {
    return element(1, position, intent, elementId);
  }

  static String element(int partition, long position, String intent, String elementId) {
    return """
        {"position":%d,"partition":%d,"stream":"one","valueType":"PROCESS_INSTANCE","intent":"%s","key":9,\
        "timestamp":1700000000000,"processId":"abandoned-cart","version":1,"processKey":%d,\
        "elementId":"%s","elementType":"SERVICE_TASK","instanceKey":8,"later":true}"""
        .formatted(position, partition, intent, FLOW, elementId);
  }

  /** What happened to one element instance, and in which version it is then. */
  static String at(long position, String intent, long key, String elementId, long processKey) {
    return element(position, intent, elementId)
        .replace("\"key\":9", "\"key\":" + key)
        .replace("\"processKey\":" + FLOW, "\"processKey\":" + processKey);
  }

  static String incident(long position, String intent, long key) {
    return """
        {"position":%d,"partition":1,"stream":"one","valueType":"INCIDENT","intent":"%s","key":%d,\
        "timestamp":1700000000000,"processId":"abandoned-cart","processKey":%d,\
        "elementId":"send","elementInstanceKey":9,"instanceKey":8,\
        "errorType":"JOB_NO_RETRIES","errorMessage":"no template\\u0000"}"""
        .formatted(position, intent, key, FLOW);
  }

  /** What happened to a task of instance 8, and what it is then. */
  static String task(long position, String intent, long key, String assignee, String groups) {
    return """
        {"position":%d,"partition":1,"stream":"one","valueType":"USER_TASK","intent":"%s","key":%d,\
        "timestamp":1700000060000,"processId":"sales-handoff","version":1,"processKey":%d,\
        "elementId":"userTask_takeLead","instanceKey":8,"assignee":"%s","candidateGroups":[%s],\
        "candidateUsers":["ben"],"dueDate":"2023-11-15T02:13:20Z[GMT]","createdAt":1700000000000}"""
        .formatted(position, intent, key, FLOW, assignee, groups);
  }

  /** Whom instance 8 is about. */
  static String lead(long position, String leadId) {
    return """
        {"position":%d,"partition":1,"stream":"one","valueType":"VARIABLE","intent":"CREATED","key":3,\
        "timestamp":1700000000000,"processId":"sales-handoff","processKey":%d,"instanceKey":8,\
        "leadId":"%s"}"""
        .formatted(position, FLOW, leadId);
  }

  /** Instance 8 ends. */
  static String end(long position) {
    return element(position, "ELEMENT_COMPLETED", "sales-handoff")
        .replace("SERVICE_TASK", "PROCESS");
  }
}
