package io.ripen.engine.leads;

import java.time.Instant;
import java.util.UUID;

/** How often a lead came to look at one page. */
final class PageState {

  /** Which page of which lead. */
  record Key(UUID leadId, String path) {}

  final String path;
  UUID leadId;
  int visits;
  Instant firstAt;
  Instant lastAt;

  PageState(UUID leadId, String path, int visits, Instant firstAt, Instant lastAt) {
    this.leadId = leadId;
    this.path = path;
    this.visits = visits;
    this.firstAt = firstAt;
    this.lastAt = lastAt;
  }

  Key key() {
    return new Key(leadId, path);
  }

  void absorb(PageState other) {
    visits += other.visits;
    firstAt = other.firstAt.isBefore(firstAt) ? other.firstAt : firstAt;
    lastAt = other.lastAt.isAfter(lastAt) ? other.lastAt : lastAt;
  }
}
