package io.ripen.engine.leads;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a lead has come: from {@link #VISITOR} to {@link #CUSTOMER}, and two other ends.
 *
 * <p>It goes forward by one or more steps, from sales back to nurturing ({@code LEAD} or {@code
 * MQL}, "not now"), and to an end from anywhere. An end is left only by a purchase, or by somebody
 * who takes the lead up again.
 */
public enum Stage {
  /** Known by a first-party id only. */
  VISITOR,
  /** Left a way to reach them. */
  LEAD,
  /** Ready for a question: came back and answered one, or did enough. */
  MQL,
  /** Ready for sales: reacted to a personal offer, or meets BANT. */
  SQL,
  /** A salesperson has accepted the hand-off. */
  SALES,
  /** Bought. */
  CUSTOMER,
  /** Declined, or does not fit. */
  NO_NEED,
  /** Spam, unreachable, or with an invalid contact. */
  DISQUALIFIED;

  private static final List<Stage> ENDS = List.of(NO_NEED, DISQUALIFIED);

  /** The stage of this name, or null. */
  public static @Nullable Stage named(String name) {
    for (Stage stage : values()) {
      if (stage.name().equals(name)) {
        return stage;
      }
    }
    return null;
  }

  /**
   * What one is of whom two are known: a purchase tells most, then that the way ended, then how far
   * it went.
   */
  static Stage furthest(Stage a, Stage b) {
    if (a == CUSTOMER || b == CUSTOMER) {
      return CUSTOMER;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Whether it is one of the two ends that are no success. */
  boolean isEnd() {
    return ENDS.contains(this);
  }

  /** Whether the way from here to there is one of those above. */
  boolean mayBecome(Stage to) {
    if (to == this) {
      return false;
    }
    if (to.isEnd()) {
      return true;
    }
    if (isEnd()) {
      return to == LEAD || to == CUSTOMER;
    }
    return to.compareTo(this) > 0 || isBack(to);
  }

  /** Whether that way takes a lead from sales back to nurturing, which only people do. */
  boolean isBack(Stage to) {
    return this == SALES && (to == LEAD || to == MQL);
  }

  /** Whether a lead that is here has come there on its way, and need not be moved. */
  boolean isAtOrBeyond(Stage there) {
    return this == there
        || (!isEnd() && !there.isEnd() && compareTo(there) > 0 && !mayBecome(there));
  }

  /** Where it may go from here, in words. */
  String next() {
    return String.join(
        ", ", List.of(values()).stream().filter(this::mayBecome).map(Stage::name).toList());
  }
}
