package io.ripen.engine.leads;

import java.time.Instant;

/** Whom an identity means, while a batch is worked on. */
final class Owner {

  final Identity identity;
  private LeadState lead;
  Instant since;
  boolean isNew;
  boolean isMoved;

  Owner(Identity identity, LeadState lead, Instant since) {
    this.identity = identity;
    this.lead = lead;
    this.since = since;
  }

  LeadState lead() {
    return lead.survivor();
  }

  void moveTo(LeadState other, Instant at) {
    lead = other;
    since = at;
    isMoved = !isNew;
  }
}
