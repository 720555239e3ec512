package io.ripen.engine.scoring;

import io.ripen.engine.tables.Row;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Points for an event.
 *
 * @param id what the file calls the rule, which stays when rows are moved
 * @param points from -1000 to 1000, and not 0
 * @param reason in the marketer's words, shown beside the points
 */
public record ScoreRule(String id, int points, String reason, Counts counts) {

  static final int MOST = 1000;
  static final List<String> OUTPUTS = List.of("points", "reason", "counts");

  static @Nullable ScoreRule read(Row row) {
    BigDecimal points = row.number("points");
    String reason = row.text("reason");
    String counts = row.text("counts");
    if (points == null || reason == null || counts == null) {
      return null;
    }
    Counts often = Counts.named(counts);
    if (often == null) {
      row.refuse("counts", counts, "always, daily or once");
    }
    if (reason.isBlank()) {
      row.refuse("reason", reason, "why, in a few words");
    }
    if (!arePoints(points)) {
      row.refuse("points", points.toPlainString(), "a whole number from -1000 to 1000, not 0");
    }
    return often == null || !arePoints(points)
        ? null
        : new ScoreRule(row.id(), points.intValueExact(), reason, often);
  }

  static boolean arePoints(BigDecimal number) {
    return number.signum() != 0
        && number.abs().compareTo(BigDecimal.valueOf(MOST)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
  }
}
