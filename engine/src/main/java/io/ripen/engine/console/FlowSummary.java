package io.ripen.engine.console;

import io.ripen.engine.monitoring.FlowStatistics.Version;
import java.util.List;

/**
 * A flow over all its versions, as a line of the list.
 *
 * @param versions the newest first, never empty
 */
record FlowSummary(String id, List<Version> versions, FlowTouches touches) {

  public String name() {
    return versions.getFirst().name();
  }

  public int newest() {
    return versions.getFirst().version();
  }

  public long running() {
    return versions.stream().mapToLong(Version::running).sum();
  }

  public long ended() {
    return versions.stream().mapToLong(Version::ended).sum();
  }

  public long openIncidents() {
    return versions.stream().mapToLong(Version::openIncidents).sum();
  }

  public Moment deployed() {
    return Moment.of(versions.getFirst().deployedAt());
  }
}
