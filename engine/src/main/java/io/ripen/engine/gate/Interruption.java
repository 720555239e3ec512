package io.ripen.engine.gate;

import io.ripen.engine.leads.Facts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps flows from talking into the conversation of a person with the lead. */
record Interruption(Conversations conversations) {

  /** What is shown on the site waits for the end of it; null where there is none. */
  @Nullable Wait by(Medium medium, Facts facts, Instant now) {
    Instant until = medium.isOnSite() ? conversations.underWayUntil(facts.leadId(), now) : null;
    return until == null
        ? null
        : new Wait(until, "in-chat", "A person is writing with the lead in the chat.");
  }
}
