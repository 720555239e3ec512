package io.ripen.engine.leads;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** How often a lead came to look at one page. */
final class PageState {

  /** Which page of which lead. */
  record Key(UUID leadId, String path) {}

  final LeadState lead;
  final String path;
  int visits;
  Instant firstAt;
  Instant lastAt;
  boolean isChanged;

  PageState(LeadState lead, String path, int visits, Instant firstAt, Instant lastAt) {
    this.lead = lead;
    this.path = path;
    this.visits = visits;
    this.firstAt = firstAt;
    this.lastAt = lastAt;
  }

  /** Notes a look at it; whether it is the first one of a visit. */
  boolean look(Instant at, Duration pause) {
    boolean begins =
        visits == 0 || at.isAfter(lastAt.plus(pause)) || at.isBefore(firstAt.minus(pause));
    visits += begins ? 1 : 0;
    firstAt = at.isBefore(firstAt) ? at : firstAt;
    lastAt = at.isAfter(lastAt) ? at : lastAt;
    isChanged = true;
    return begins;
  }

  /** The same, of the lead that its own was merged into. */
  PageState of(LeadState survivor) {
    var page = new PageState(survivor, path, visits, firstAt, lastAt);
    page.isChanged = true;
    return page;
  }

  PageState and(PageState other) {
    visits += other.visits;
    firstAt = other.firstAt.isBefore(firstAt) ? other.firstAt : firstAt;
    lastAt = other.lastAt.isAfter(lastAt) ? other.lastAt : lastAt;
    isChanged = true;
    return this;
  }
}
