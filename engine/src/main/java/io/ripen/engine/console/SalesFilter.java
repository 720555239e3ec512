package io.ripen.engine.console;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which open tasks to list.
 *
 * @param search part of the lead's name or e-mail address; empty for all
 * @param me who asks, if they have said so
 * @param team the team of who asks
 */
record SalesFilter(Show show, String search, @Nullable String me, @Nullable String team) {

  /** The lists that there are. */
  enum Show {
    MINE("Mine"),
    TEAM("My team"),
    ALL("All"),
    LATE("Late");

    private final String label;

    Show(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    public String lower() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a list by its name in lower case.
     *
     * @throws BadRequest when there is none
     */
    static Show named(String name) {
      for (Show show : values()) {
        if (show.lower().equals(name)) {
          return show;
        }
      }
      throw new BadRequest(
          "show: %s (expected: one of mine, team, all, late)".formatted(name), null);
    }
  }
}
