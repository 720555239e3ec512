package io.ripen.engine.console;

import io.ripen.engine.onsite.OnSiteMessage;
import java.util.Objects;

/**
 * A line of a chat on its page.
 *
 * @param author {@code visitor}, {@code flow} or {@code person}
 * @param who in words
 */
record SaidLine(String author, String who, String text, Moment when) {

  static SaidLine of(OnSiteMessage line, LeadCard lead) {
    String who =
        switch (line.author()) {
          case "visitor" -> lead.name();
          case "flow" -> "A flow";
          default -> Objects.requireNonNullElse(line.name(), "Somebody of us");
        };
    return new SaidLine(line.author(), who, line.text(), Moment.of(line.createdAt()));
  }
}
