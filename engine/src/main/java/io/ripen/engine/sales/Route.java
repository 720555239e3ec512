package io.ripen.engine.sales;

import io.ripen.engine.tables.Row;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a lead goes that is ready for sales.
 *
 * @param team whose inbox it comes into
 * @param teamLeads who hear of it when nobody takes it in time
 * @param within how long the team has to take it
 */
record Route(String team, String teamLeads, Duration within) {

  /** The outputs of the table. */
  static final List<String> OUTPUTS = List.of("team", "teamLeads", "within");

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  static @Nullable Route read(Row row) {
    String team = row.text("team");
    String teamLeads = row.text("teamLeads");
    String within = row.text("within");
    if (team == null || teamLeads == null || within == null) {
      return null;
    }
    Duration time = duration(within);
    if (team.isBlank()) {
      row.refuse("team", team, "the name of a team, as in sales");
    } else if (teamLeads.isBlank()) {
      row.refuse("teamLeads", teamLeads, "the name of a team, as in sales-leads");
    } else if (time == null || time.compareTo(SHORTEST) < 0) {
      row.refuse("within", within, "a duration of a minute or more, as in PT4H");
    } else {
      return new Route(team.strip(), teamLeads.strip(), time);
    }
    return null;
  }

  private static @Nullable Duration duration(String text) {
    try {
      return Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
