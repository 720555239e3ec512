package io.ripen.engine.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Instances, or elements of theirs, that have ended. */
final class LookForEnded implements SearchLook {

  private final boolean areInstances;
  private final CamundaSearch search;
  private final SearchElementsJdbc elements;
  private final SearchTasksJdbc tasks;
  private final Duration overlap;

  LookForEnded(
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
    return areInstances ? "ended instances" : "ended elements";
  }

  @Override
  public SearchPage ask(SearchPlace place) {
    Instant from = place.from(overlap);
    return areInstances
        ? search.endedInstances(from, place.cursor())
        : search.endedElements(from, place.cursor());
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    elements.leave(name(), page.records());
    if (areInstances) {
      tasks.forgetLeads(List.copyOf(SearchTasksJdbc.instances(page.records())));
    }
    Instant read = place.after(page, now).read();
    if (read != null) {
      elements.forgetCounted(name(), read.minus(overlap));
    }
  }
}
