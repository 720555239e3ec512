package io.ripen.engine.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that wait for somebody, all of them each time: who has one now, nobody could ask for by
 * date. Of each that is not among them any more it is asked what became of it.
 */
final class LookForOpenTasks implements SearchLook {

  private static final int ASKED_BY_KEY = 20;

  private final CamundaSearch search;
  private final SearchTasksJdbc tasks;

  LookForOpenTasks(CamundaSearch search, SearchTasksJdbc tasks) {
    this.search = search;
    this.tasks = tasks;
  }

  @Override
  public String name() {
    return "open tasks";
  }

  @Override
  public SearchPage ask(SearchPlace place) {
    SearchPage page = search.openTasks(place.cursor());
    List<ExportedRecord> others = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    for (Long key :
        tasks.openBesides(
            page.keys(), place.newest(), page.isLast() ? null : page.newest(), ASKED_BY_KEY)) {
      Optional<ExportedRecord> task = search.task(key);
      task.ifPresentOrElse(others::add, () -> unknown.add(key));
    }
    return page.withLeads(search.leads(tasks.withoutLead(page.records())))
        .withOthers(others, unknown);
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    tasks.putLeads(page.leads());
    tasks.put(page.records());
    tasks.put(page.others());
    tasks.cancel(page.unknown(), now);
    tasks.forgetLeadsOfEnded(page.records());
  }
}
