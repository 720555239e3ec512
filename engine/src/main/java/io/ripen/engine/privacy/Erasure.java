package io.ripen.engine.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure, and once it is done its receipt. It names nobody.
 *
 * @param leads ids that mean nobody any more once it is done
 * @param askedBy who of us asked, as they said it
 * @param emptiedAt when the rows were deleted; what is older never comes back
 * @param stopped how many runs of flows were ended in Zeebe
 * @param removed how many rows, by the sections of an export
 * @param remains what is still somewhere, until when and why
 * @param problem why it does not go on, while it does not
 */
record Erasure(
    UUID id,
    State state,
    List<UUID> leads,
    Instant askedAt,
    String askedBy,
    @Nullable Instant emptiedAt,
    @Nullable Instant endedAt,
    int stopped,
    Map<String, Long> removed,
    List<Remains> remains,
    @Nullable String problem) {

  /** How far it is. */
  enum State {
    ASKED,
    EMPTIED,
    DONE
  }

  /**
   * Something that cannot be deleted, or must not be.
   *
   * @param until null where it stays
   */
  record Remains(String where, String what, @Nullable Instant until, String why) {}
}
