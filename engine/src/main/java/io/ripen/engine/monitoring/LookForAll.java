package io.ripen.engine.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All instances that run, or all elements that are active, by their keys: what the search told too
 * late for the other looks, and what was moved to another version.
 */
final class LookForAll implements SearchLook {

  private final boolean areInstances;
  private final CamundaSearch search;
  private final SearchElementsJdbc elements;
  private final SearchTasksJdbc tasks;
  private final SearchPlacesJdbc places;
  private final MonitoringProperties.SearchSettings settings;

  LookForAll(
      boolean areInstances,
      CamundaSearch search,
      SearchElementsJdbc elements,
      SearchTasksJdbc tasks,
      SearchPlacesJdbc places,
      MonitoringProperties.SearchSettings settings) {
    this.areInstances = areInstances;
    this.search = search;
    this.elements = elements;
    this.tasks = tasks;
    this.places = places;
    this.settings = settings;
  }

  @Override
  public String name() {
    return areInstances ? "all instances" : "all elements";
  }

  /** Moves are looked for at once: an instance that comes to another version starts nothing. */
  @Override
  public boolean isDue(SearchPlace place, Instant now) {
    Duration overlap = settings.overlap();
    return place.isUnderWay()
        || !now.isBefore(place.beganAt().plus(settings.everything()))
        || places.isMovedSince(place.beganAt().minus(overlap));
  }

  @Override
  public SearchPage ask(SearchPlace place) {
    if (!areInstances) {
      return search.activeElements(place.cursor());
    }
    SearchPage page = search.runningInstances(place.cursor());
    return page.withLeads(search.leads(SearchTasksJdbc.instances(page.records())));
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    elements.enter(page.records());
    tasks.putLeads(page.leads());
    List<Long> gone =
        elements.keepOnly(
            page.keys(),
            place.lastKey(),
            page.isLast() ? Long.MAX_VALUE : page.lastKey(),
            areInstances);
    if (areInstances) {
      tasks.forgetLeads(gone);
    }
  }
}
