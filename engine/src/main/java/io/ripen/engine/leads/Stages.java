package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import org.jspecify.annotations.Nullable;

/** Moves leads on: by what they did themselves, and by what a flow or a person decided. */
final class Stages {

  /** What a flow or a person decided: {@code to}, {@code reason}, and {@link DecidedBy} whom. */
  static final String STAGE_CHANGED = "Stage Changed";

  private final Book book;

  /** A decision that can be carried out. */
  record Decision(Stage to, String reason, DecidedBy by) {}

  Stages(Book book) {
    this.book = book;
  }

  /**
   * The decision that the event tells of; null where it tells of none. Only Ripen itself names a
   * lead by its id, so no browser decides anything.
   *
   * @throws InvalidEvent when there is no such stage, or no way to it
   */
  static @Nullable Decision decision(Event event, LeadState lead) throws InvalidEvent {
    if (event.leadId() == null || !event.name().equals(STAGE_CHANGED)) {
      return null;
    }
    String name = event.properties().path("to").asString("");
    String reason = event.properties().path("reason").asString("").strip();
    Stage to = Stage.named(name);
    if (to == null || (!to.equals(lead.stage) && !lead.stage.mayBecome(to))) {
      throw new InvalidEvent(
          "track: \"properties.to\" is '%s', and the lead is %s (expected: one of %s)"
              .formatted(name, lead.stage, lead.stage.next()));
    }
    if (reason.isEmpty()) {
      throw new InvalidEvent(
          "track: \"properties.reason\" is missing (expected: why the stage changes)");
    }
    return new Decision(to, reason, DecidedBy.toldBy(event));
  }

  void apply(Decision decision, LeadState lead, Event event) {
    move(lead, decision.to(), decision.reason(), event, decision.by());
  }

  /** A way to reach somebody makes a lead of a visitor, and an order makes a customer. */
  void follow(LeadState lead, Event event, boolean isPurchase) {
    if (lead.stage == Stage.VISITOR && lead.isReachable()) {
      move(lead, Stage.LEAD, "left a way to reach them", event, DecidedBy.REACHABLE);
    }
    if (isPurchase) {
      move(lead, Stage.CUSTOMER, "bought", event, DecidedBy.PURCHASE);
    }
  }

  /** What a change of stage that an event led to names as its cause. */
  static String cause(String messageId) {
    return "event " + messageId;
  }

  private void move(LeadState lead, Stage to, String reason, Event event, DecidedBy by) {
    if (lead.stage.mayBecome(to)) {
      book.stage(lead, to, event, reason, by);
    }
  }
}
