package io.ripen.engine.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task of the inbox, with as much of its lead as a line holds.
 *
 * @param step what the diagram calls it
 * @param lead whom it is about; null where the instance did not say
 * @param offeredTo whom it is offered to first, if anybody
 * @param note the latest note of the flow; may be empty
 * @param open whether it still waits for somebody
 * @param withdrawn whether the flow went on without it, so that nobody has done it
 * @param isTakenBack whether its flow goes on when the lead is given back, and offers it anew
 */
record SalesTask(
    long key,
    long instanceKey,
    String flow,
    String step,
    TaskKind kind,
    @Nullable Lead lead,
    @Nullable String assignee,
    @Nullable String offeredTo,
    List<String> teams,
    Instant createdAt,
    Instant changedAt,
    @Nullable Instant dueAt,
    String note,
    boolean open,
    boolean withdrawn,
    boolean isTakenBack,
    SlaClock clock) {

  /**
   * The lead as it is now, after every merge.
   *
   * @param saidAddress the e-mail address, where it is one that they left in a chat and did not
   *     confirm
   */
  record Lead(
      UUID id,
      String name,
      @Nullable String saidAddress,
      String stage,
      int score,
      String temperature) {
    public String badge() {
      return LeadName.badge(stage);
    }

    public String warmth() {
      return LeadName.warmth(temperature);
    }
  }

  /** What the page is called. */
  public String title() {
    return lead == null ? step : lead.name();
  }

  public @Nullable Moment due() {
    return dueAt == null ? null : Moment.of(dueAt);
  }

  public Moment since() {
    return Moment.of(createdAt);
  }

  boolean isOf(@Nullable String name) {
    return assignee != null && assignee.equals(name);
  }
}
