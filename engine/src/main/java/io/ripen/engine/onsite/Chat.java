package io.ripen.engine.onsite;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chat with somebody on a site.
 *
 * @param lead as they are by now
 * @param last the newest line
 */
public record Chat(
    UUID lead,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    String stage,
    OnSiteMessage last) {

  /** Whether the visitor waits for an answer. */
  public boolean isWaiting() {
    return last.author().equals("visitor");
  }
}
