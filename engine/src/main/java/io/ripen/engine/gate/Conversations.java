package io.ripen.engine.gate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people of ours write with leads in the chat. */
public interface Conversations {

  /**
   * Until when such a conversation goes on, if nobody writes any more; null where there is none.
   */
  @Nullable Instant underWayUntil(UUID leadId, Instant now);
}
