package io.ripen.engine.monitoring;

import java.time.Duration;
import java.time.Instant;

/** Instances, or elements of theirs, that have started and go on. */
final class LookForStarted implements SearchLook {

  private final boolean areInstances;
  private final CamundaSearch search;
  private final SearchElementsJdbc elements;
  private final SearchTasksJdbc tasks;
  private final Duration overlap;

  LookForStarted(
      boolean areInstances,
      CamundaSearch search,
      SearchElementsJdbc elements,
      SearchTasksJdbc tasks,
      Duration overlap) {
    this.areInstances = areInstances;
    this.search = search;
    this.elements = elements;
    this.tasks = tasks;
    this.overlap = overlap;
  }

  @Override
  public String name() {
    return areInstances ? "started instances" : "started elements";
  }

  /** Whom an instance is about may come later than the instance; then the overlap has it. */
  @Override
  public SearchPage ask(SearchPlace place) {
    Instant from = place.from(overlap);
    if (!areInstances) {
      return search.startedElements(from, place.cursor());
    }
    SearchPage page = search.startedInstances(from, place.cursor());
    return page.withLeads(search.leads(tasks.withoutLead(page.records())));
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    elements.enter(page.records());
    tasks.putLeads(page.leads());
  }
}
