package io.ripen.engine.monitoring;

import io.ripen.engine.flows.FlowRegistry;
import io.ripen.engine.monitoring.MonitoringProperties.SearchSettings;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the looks through Camunda's search together. */
final class SearchLooks {

  private SearchLooks() {}

  static SearchReader reader(
      CamundaSearch search,
      JdbcTemplate jdbc,
      FlowRegistry flows,
      TransactionOperations transaction,
      SearchSettings settings,
      Clock clock) {
    var places = new SearchPlacesJdbc(jdbc);
    var tables = new ReadModelJdbc(jdbc);
    var elements =
        new SearchElementsJdbc(jdbc, tables, new InstanceModelJdbc(jdbc), new EndedStepsJdbc(jdbc));
    var tasks = new SearchTasksJdbc(jdbc, new TaskModelJdbc(jdbc));
    var overlap = settings.overlap();
    // What has started comes before what has ended, or it would seem to go on.
    return new SearchReader(
        List.of(
            new LookForFlows(search, jdbc, new FlowNotes(flows), clock),
            new LookForStarted(true, search, elements, tasks, overlap),
            new LookForStarted(false, search, elements, tasks, overlap),
            new LookForEnded(false, search, elements, tasks, overlap),
            new LookForEnded(true, search, elements, tasks, overlap),
            new LookForIncidents(search, new SearchIncidentsJdbc(jdbc, tables)),
            new LookForOpenTasks(search, tasks),
            new LookForEndedTasks(search, tasks, overlap),
            new LookForAll(true, search, elements, tasks, places, settings),
            new LookForAll(false, search, elements, tasks, places, settings)),
        places,
        new ReadModelSourceJdbc(jdbc),
        transaction,
        clock,
        settings.pages());
  }
}
