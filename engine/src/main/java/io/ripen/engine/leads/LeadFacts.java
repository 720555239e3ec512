package io.ripen.engine.leads;

import java.util.Optional;

/** Reads the facts of one lead when somebody needs them; nothing is cached. */
public interface LeadFacts {

  /**
   * The facts as they are in this transaction.
   *
   * @param subject with any id that the lead ever had; the one it was merged into is followed
   * @return empty when there is no such lead
   */
  Optional<Facts> read(Subject subject);
}
