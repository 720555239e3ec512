package io.ripen.engine.leads;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the facts of one lead when somebody needs them; nothing is cached. */
public interface LeadFacts {

  /**
   * The facts as they are in this transaction.
   *
   * @param leadId any id the lead ever had; the one it was merged into is followed
   * @param cartId the cart that this is about, or null
   * @return empty when there is no such lead
   */
  Optional<Facts> read(UUID leadId, @Nullable UUID cartId);
}
