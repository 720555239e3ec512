package io.ripen.engine.touches;

import java.util.Locale;

/** The states of a touch in the ledger. */
enum TouchState {
  /** Known, not sent, nobody works on it. */
  PLANNED,
  /** A worker prepares it; certainly not sent. */
  CLAIMED,
  /** Past the point of no return; the provider may have it, or keeps it until somebody sees it. */
  HANDING_OVER,
  ACCEPTED,
  REJECTED,
  DENIED,
  /** Nobody can know whether the provider has it. */
  UNCERTAIN;

  /** Whether nothing is to be done any more. */
  boolean isSettled() {
    return this == ACCEPTED || this == REJECTED || this == DENIED;
  }

  static TouchState of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
