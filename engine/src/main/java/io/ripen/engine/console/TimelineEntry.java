package io.ripen.engine.console;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One line of a lead's story.
 *
 * @param title what happened, in plain words
 * @param detail what else is worth knowing; may be empty
 * @param mark how the line is marked: the kind, or {@code bad} where something went wrong
 * @param data the same for programs
 */
record TimelineEntry(
    TimelineKind kind,
    String id,
    Instant at,
    String title,
    String detail,
    @JsonIgnore String mark,
    JsonNode data) {

  @JsonIgnore
  public Moment when() {
    return Moment.of(at);
  }
}
