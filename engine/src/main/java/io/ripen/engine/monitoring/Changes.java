package io.ripen.engine.monitoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a batch of records changes in the read model, added up so that each row is written once. */
final class Changes {

  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  /** Rows are written in this order by everybody, so that no two writers wait for each other. */
  record ElementId(long processKey, String elementId, int partition)
      implements Comparable<ElementId> {
    private static final Comparator<ElementId> ORDER =
        Comparator.comparingLong(ElementId::processKey)
            .thenComparing(ElementId::elementId)
            .thenComparingInt(ElementId::partition);

    @Override
    public int compareTo(ElementId other) {
      return ORDER.compare(this, other);
    }
  }

  /** How often something happened to an element. */
  static final class Tally {
    int activated;
    int completed;
    int terminated;
    int incidents;
  }

  final Map<ElementId, Tally> tallies = new TreeMap<>();
  final List<ExportedRecord> raised = new ArrayList<>();
  final List<ExportedRecord> resolved = new ArrayList<>();
  final List<ExportedRecord> flows = new ArrayList<>();

  /** By the task's key, in order: each record tells all that its task is from then on. */
  final Map<Long, ExportedRecord> tasks = new TreeMap<>();

  /** By the instance's key, in order. */
  final Map<Long, ExportedRecord> leads = new TreeMap<>();

  final List<Long> endedInstances = new ArrayList<>();

  /** Elements that are active after these records and were not before, by their keys. */
  final Map<Long, ExportedRecord> entered = new TreeMap<>();

  /** Elements that were active before these records and are now elsewhere: in another version. */
  final Map<Long, ExportedRecord> moved = new TreeMap<>();

  /** Elements that were active before these records and are not any more. */
  final Set<Long> left = new TreeSet<>();

  /** Elements that were left or ended. */
  final List<ExportedRecord> ended = new ArrayList<>();

  final List<ExportedRecord> movedIncidents = new ArrayList<>();

  void add(ExportedRecord record) {
    switch (record.valueType()) {
      case "PROCESS_INSTANCE" -> addElement(record);
      case "INCIDENT" -> addIncident(record);
      case "PROCESS" -> addFlow(record);
      case "USER_TASK" -> tasks.put(record.key(), record);
      case "VARIABLE" -> addLead(record);
      default -> LOG.debug("Passed over: {}", record.valueType());
    }
  }

  private void addElement(ExportedRecord record) {
    String elementId = record.elementId();
    if (elementId == null) {
      return;
    }
    Tally tally = tally(record, elementId);
    switch (record.intent()) {
      case "ELEMENT_ACTIVATED" -> {
        tally.activated++;
        entered.put(record.key(), record);
      }
      case "ELEMENT_COMPLETED" -> {
        tally.completed++;
        leave(record);
      }
      case "ELEMENT_TERMINATED" -> {
        tally.terminated++;
        leave(record);
      }
      case "ELEMENT_MIGRATED" -> {
        tally.activated++;
        move(record);
      }
      case "SEQUENCE_FLOW_TAKEN" -> {
        tally.activated++;
        tally.completed++;
      }
      default -> LOG.debug("Passed over: {}", record.intent());
    }
    if ("PROCESS".equals(record.elementType()) && hasEnded(record)) {
      endedInstances.add(record.instanceKey());
    }
  }

  private void leave(ExportedRecord record) {
    ended.add(record);
    if (entered.remove(record.key()) == null) {
      left.add(record.key());
    }
  }

  /** It never was where it came from, for who counts who is there and who has been there. */
  private void move(ExportedRecord record) {
    ExportedRecord before = entered.get(record.key());
    if (before != null) {
      entered.put(record.key(), record);
    } else {
      before = moved.put(record.key(), record);
    }
    if (before != null && before.elementId() != null) {
      tally(before, before.elementId()).activated--;
    }
  }

  /** What was active there is active elsewhere now. */
  void takeFrom(long processKey, String elementId, int partition) {
    tally(processKey, elementId, partition).activated--;
  }

  private static boolean hasEnded(ExportedRecord record) {
    return record.instanceKey() != null
        && (record.intent().equals("ELEMENT_COMPLETED")
            || record.intent().equals("ELEMENT_TERMINATED"));
  }

  private void addLead(ExportedRecord record) {
    Long instance = record.instanceKey();
    if (instance != null && record.leadId() != null) {
      leads.put(instance, record);
    }
  }

  private void addIncident(ExportedRecord record) {
    String elementId = record.elementId();
    if (record.intent().equals("RESOLVED")) {
      resolved.add(record);
    } else if (record.intent().equals("CREATED") && elementId != null) {
      raised.add(record);
      tally(record, elementId).incidents++;
    } else if (record.intent().equals("MIGRATED")) {
      movedIncidents.add(record);
    }
  }

  private void addFlow(ExportedRecord record) {
    if (record.intent().equals("CREATED") && record.xml() != null && record.version() != null) {
      flows.add(record);
    }
  }

  private Tally tally(ExportedRecord record, String elementId) {
    return tally(record.processKey(), elementId, record.partition());
  }

  Tally tally(long processKey, String elementId, int partition) {
    return tallies.computeIfAbsent(
        new ElementId(processKey, elementId, partition), id -> new Tally());
  }
}
