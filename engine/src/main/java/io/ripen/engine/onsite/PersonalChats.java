package io.ripen.engine.onsite;

import io.ripen.engine.gate.Conversations;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The chats that people have taken over. A person is in one from their first line until nobody of
 * the two has written for ten minutes; whether the console's page is still open says nothing.
 */
@Component
@Profile("workers")
final class PersonalChats implements Conversations {

  private static final Duration SILENCE = Duration.ofMinutes(10);

  private final OnSiteJdbc table;

  PersonalChats(OnSiteJdbc table) {
    this.table = table;
  }

  @Override
  public @Nullable Instant underWayUntil(UUID leadId, Instant now) {
    return table
        .lastOfConversation(leadId, SILENCE, now)
        .map(last -> last.plus(SILENCE))
        .filter(end -> end.isAfter(now))
        .orElse(null);
  }
}
