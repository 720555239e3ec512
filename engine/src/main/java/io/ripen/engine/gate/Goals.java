package io.ripen.engine.gate;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What runs of flows are there for. */
interface Goals {

  /**
   * The signal that ends this run, if it has been raised, be it on its way to Zeebe yet: a run that
   * has ended must not send what its last job asked for.
   *
   * @param leadId the lead itself, after every merge
   * @param since for runs that no signal began: what was raised before this did not end them
   */
  Optional<String> reached(Run run, UUID leadId, Instant since);
}
