package io.ripen.engine.monitoring;

import java.time.Instant;

/** Incidents that nobody has resolved. Those that are not among them any more were. */
final class LookForIncidents implements SearchLook {

  private final CamundaSearch search;
  private final SearchIncidentsJdbc incidents;

  LookForIncidents(CamundaSearch search, SearchIncidentsJdbc incidents) {
    this.search = search;
    this.incidents = incidents;
  }

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public SearchPage ask(SearchPlace place) {
    return search.openIncidents(place.cursor());
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    incidents.put(page.records());
    incidents.resolveOthers(
        page.keys(), place.lastKey(), page.isLast() ? Long.MAX_VALUE : page.lastKey(), now);
  }
}
