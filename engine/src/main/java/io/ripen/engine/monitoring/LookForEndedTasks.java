package io.ripen.engine.monitoring;

import java.time.Duration;
import java.time.Instant;

/** Tasks that are done, or were taken away. */
final class LookForEndedTasks implements SearchLook {

  private final CamundaSearch search;
  private final SearchTasksJdbc tasks;
  private final Duration overlap;

  LookForEndedTasks(CamundaSearch search, SearchTasksJdbc tasks, Duration overlap) {
    this.search = search;
    this.tasks = tasks;
    this.overlap = overlap;
  }

  @Override
  public String name() {
    return "ended tasks";
  }

  @Override
  public SearchPage ask(SearchPlace place) {
    SearchPage page = search.endedTasks(place.from(overlap), place.cursor());
    return page.withLeads(search.leads(tasks.withoutLead(page.records())));
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    tasks.putLeads(page.leads());
    tasks.put(page.records());
    tasks.forgetLeadsOfEnded(page.records());
  }
}
