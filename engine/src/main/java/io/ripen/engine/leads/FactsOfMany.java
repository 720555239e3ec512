package io.ripen.engine.leads;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads the facts of many leads in one look, each about nothing but the lead. */
public interface FactsOfMany {

  /**
   * The facts as they are in this transaction.
   *
   * @param leads those that were merged into others are left out
   */
  List<Facts> readAll(Collection<UUID> leads);
}
