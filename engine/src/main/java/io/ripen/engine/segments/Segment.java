package io.ripen.engine.segments;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A group of leads.
 *
 * @param id as flows name it: small letters, digits and hyphens
 * @param name for people
 * @param description for whoever wonders who is in it; may be empty
 * @param condition FEEL on the facts of a lead, who is in for as long as it holds; null for a list,
 *     which flows put leads into and take them out of
 */
public record Segment(String id, String name, String description, @Nullable String condition) {

  /** Facts and functions whose value changes while nothing happens. */
  private static final Pattern BY_TIME =
      Pattern.compile(
          "\\b(now|today)\\s*\\(|\\blead\\s*\\.\\s*(daysAway|onSite|score|temperature)\\b");

  private static final Pattern BY_POINTS =
      Pattern.compile("\\blead\\s*\\.\\s*(score|temperature)\\b");

  /** Whether somebody may come in or drop out by the mere passing of time. */
  public boolean changesWithTime() {
    return condition != null && BY_TIME.matcher(condition).find();
  }

  /** Whether it asks for what {@code score.dmn} makes. */
  public boolean goesByPoints() {
    return condition != null && BY_POINTS.matcher(condition).find();
  }

  /** Whether only flows decide who is in it. */
  public boolean isList() {
    return condition == null;
  }
}
