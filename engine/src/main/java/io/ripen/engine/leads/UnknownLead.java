package io.ripen.engine.leads;

import java.util.UUID;

/** A flow is about a lead that this database does not have. */
public final class UnknownLead extends Exception {

  private static final long serialVersionUID = 1L;

  public UnknownLead(UUID leadId) {
    super(
        "lead %s is not in the database (expected: the database that its events went into)"
            .formatted(leadId));
  }
}
