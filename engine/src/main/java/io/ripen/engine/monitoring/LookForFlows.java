package io.ripen.engine.monitoring;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Versions of flows, also those that somebody else deployed. When they did, nobody tells. */
final class LookForFlows implements SearchLook {

  private final CamundaSearch search;
  private final JdbcTemplate jdbc;
  private final FlowNotes flows;
  private final Clock clock;

  /** Noted, or such as nobody can make sense of: their BPMN is fetched once. */
  private final Set<Long> tried = new HashSet<>();

  LookForFlows(CamundaSearch search, JdbcTemplate jdbc, FlowNotes flows, Clock clock) {
    this.search = search;
    this.jdbc = jdbc;
    this.flows = flows;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "flows";
  }

  @Override
  public SearchPage ask(SearchPlace place) {
    Instant now = clock.instant();
    SearchPage page = search.flows(place.cursor(), now);
    Set<Long> known =
        new HashSet<>(
            jdbc.queryForList(
                "select process_key from flow_version where process_key = any (?::bigint[])",
                Long.class,
                new Object[] {page.keys()}));
    List<ExportedRecord> unknown = new ArrayList<>();
    for (ExportedRecord each : page.records()) {
      if (!known.contains(each.key()) && !tried.contains(each.key())) {
        search.xml(each.key()).map(each::withXml).ifPresent(unknown::add);
      }
    }
    return page.withRecords(unknown);
  }

  @Override
  public void take(SearchPlace place, SearchPage page, Instant now) {
    flows.note(page.records());
    page.records().forEach(each -> tried.add(each.key()));
  }
}
