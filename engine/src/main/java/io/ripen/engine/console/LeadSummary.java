package io.ripen.engine.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as a line of the list.
 *
 * @param saysAddress whether the e-mail address is one that they left in a chat and did not confirm
 * @param source where the last visit came from, in a word; may be empty
 * @param openCarts how many carts hold something
 * @param touches how many messages were sent
 */
record LeadSummary(
    UUID id,
    String stage,
    int score,
    String temperature,
    @Nullable String email,
    boolean saysAddress,
    @Nullable String phone,
    @Nullable String firstName,
    @Nullable String lastName,
    Instant lastSeenAt,
    int visits,
    String source,
    int openCarts,
    int touches) {

  /** The best that the lead can be called by. */
  public String name() {
    return LeadName.of(firstName, lastName, saysAddress ? null : email, id);
  }

  @JsonIgnore
  public String badge() {
    return LeadName.badge(stage);
  }

  @JsonIgnore
  public String warmth() {
    return LeadName.warmth(temperature);
  }

  @JsonIgnore
  public Moment lastSeen() {
    return Moment.of(lastSeenAt);
  }
}
