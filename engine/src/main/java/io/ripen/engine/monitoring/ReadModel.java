package io.ripen.engine.monitoring;

import io.ripen.engine.flows.FlowRegistry;
import io.ripen.engine.monitoring.MonitoringProperties.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Counts of elements, incidents and tasks for people, kept up to date from Zeebe's export stream.
 *
 * <p>Kafka may give a record twice, and so may the exporter; here each counts once, since the
 * position up to which a Zeebe partition was read is stored in the same transaction. A broker that
 * was emptied begins another stream, and the counts of its partition begin with it.
 */
final class ReadModel {

  private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);

  /** The partition that takes deployments, and tells first of each flow. */
  private static final int DEPLOYMENTS = 1;

  private final ReadModelJdbc tables;
  private final InstanceModelJdbc instances;
  private final EndedStepsJdbc endedSteps;
  private final TaskModelJdbc tasks;
  private final FlowRegistry registry;
  private final FlowNotes flows;
  private final ReadModelSourceJdbc source;
  private final TransactionOperations transaction;

  ReadModel(
      ReadModelJdbc tables,
      InstanceModelJdbc instances,
      EndedStepsJdbc endedSteps,
      TaskModelJdbc tasks,
      FlowRegistry flows,
      ReadModelSourceJdbc source,
      TransactionOperations transaction) {
    this.tables = tables;
    this.instances = instances;
    this.endedSteps = endedSteps;
    this.tasks = tasks;
    this.registry = flows;
    this.flows = new FlowNotes(flows);
    this.source = source;
    this.transaction = transaction;
  }

  /** Takes records, those of one Zeebe partition in their order, all or none. */
  void apply(List<ExportedRecord> records) {
    if (!records.isEmpty()) {
      transaction.executeWithoutResult(status -> write(records));
    }
  }

  /** Makes the export stream what fills the read model, if it was not that already. */
  void takeOver() {
    source.takeOver(Source.EXPORT, transaction);
  }

  /** Whether nothing was ever read, or what was read has been thrown away. */
  boolean isEmpty() {
    return tables.isEmpty();
  }

  private void write(List<ExportedRecord> records) {
    source.check(Source.EXPORT);
    Map<Integer, Place> places =
        tables.lockPlaces(
            records.stream().map(ExportedRecord::partition).collect(Collectors.toSet()));
    Changes changes = new Changes();
    for (ExportedRecord record : records) {
      Place place = Objects.requireNonNull(places.get(record.partition()));
      if (place.isLeftFor(record)) {
        store(changes);
        changes = new Changes();
        beginAnew(place, record);
      }
      if (place.moveTo(record)) {
        changes.add(record);
      }
    }
    store(changes);
    tables.storePlaces(places.values());
  }

  /**
   * Everything that the partition has is going to come. A broker that was emptied also gives keys
   * out again, so that nothing of the former one may stay.
   */
  private void beginAnew(Place place, ExportedRecord first) {
    if (!place.stream.isEmpty()) {
      LOG.warn(
          "The export stream of Zeebe's partition {} begins anew, and its counts with it",
          place.partition);
      tables.clear(place.partition);
      instances.clear(place.partition);
      endedSteps.clear(place.partition);
      tasks.clear(place.partition);
      if (place.partition == DEPLOYMENTS && first.isFirstFlow()) {
        registry.forgetBefore(first.at());
      }
    }
    place.leaveFor(first.stream());
  }

  private void store(Changes changes) {
    flows.note(changes.flows);
    instances.store(changes);
    endedSteps.note(changes.ended);
    if (!changes.tallies.isEmpty()) {
      tables.addCounts(changes.tallies);
    }
    if (!changes.raised.isEmpty()) {
      tables.addIncidents(changes.raised);
    }
    if (!changes.movedIncidents.isEmpty()) {
      tables.moveIncidents(changes.movedIncidents);
    }
    if (!changes.resolved.isEmpty()) {
      tables.resolveIncidents(changes.resolved);
    }
    if (!changes.leads.isEmpty()) {
      tasks.addLeads(changes.leads.values());
    }
    if (!changes.tasks.isEmpty()) {
      tasks.put(changes.tasks.values());
    }
    if (!changes.endedInstances.isEmpty()) {
      tasks.forgetLeads(changes.endedInstances);
    }
  }
}
