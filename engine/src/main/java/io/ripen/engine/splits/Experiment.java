package io.ripen.engine.splits;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a split step says. Whatever of it changes, the results begin anew: counts of two different
 * tests must not be added up.
 *
 * @param name what the marketer calls it; empty where they do not
 * @param lookAt with how many leads in each variant the better one is picked; null for never
 */
public record Experiment(String name, Split split, Goal goal, @Nullable Integer lookAt) {

  /** Of fewer leads nothing is said. */
  static final int FEWEST = 100;

  private static final int MOST = 10_000_000;
  private static final int LONGEST_NAME = 60;

  /**
   * Reads the fields of a step.
   *
   * @param field what stands in the field of that name; null or blank where nothing does
   * @throws IllegalArgumentException when one is no good; the message says which, and how it is
   *     written
   */
  public static Experiment read(UnaryOperator<@Nullable String> field) {
    Split split = in("variants", () -> Split.parse(text(field, "variants").orElse("")));
    Duration within = in("within", () -> Goal.window(text(field, "within").orElse("P14D")));
    Goal goal =
        in(
            "goal",
            () ->
                Goal.parse(
                    text(field, "goal").orElse(Goal.Kind.ORDERED.lower()),
                    text(field, "event").orElse(null),
                    within));
    String name = text(field, "test").orElse("");
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "header \"test\" has %d letters (expected: %d at most)"
              .formatted(name.length(), LONGEST_NAME));
    }
    return new Experiment(name, split, goal, in("winner", () -> lookAt(split, field)));
  }

  /** All of it as one line, the same for what is the same. */
  String definition() {
    return "%s | %s%s within %s | %s | %s"
        .formatted(
            split.text(),
            goal.kind().lower(),
            goal.event() == null ? "" : " " + goal.event(),
            goal.within(),
            lookAt == null ? "never" : lookAt,
            name);
  }

  /** Where leads are divided: another name divides them anew. */
  String place(String element) {
    return name.isEmpty() ? element : element + " " + name;
  }

  private static @Nullable Integer lookAt(Split split, UnaryOperator<@Nullable String> field) {
    String winner = text(field, "winner").orElse("never");
    if (winner.equals("never")) {
      return null;
    }
    if (!winner.equals("better")) {
      throw new IllegalArgumentException(
          "\"%s\" is no way to pick one (expected: never or better)".formatted(winner));
    }
    if (split.used().size() < 2) {
      throw new IllegalArgumentException(
          "\"%s\" leaves nothing to pick from (expected: two groups or more)"
              .formatted(split.text()));
    }
    String leads = text(field, "leads").orElse("1000");
    if (leads.matches("\\d{1,8}")) {
      int number = Integer.parseInt(leads);
      if (number >= FEWEST && number <= MOST) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" is no number of leads to pick by (expected: %d to %d, such as 1000)"
            .formatted(leads, FEWEST, MOST));
  }

  private static Optional<String> text(UnaryOperator<@Nullable String> field, String name) {
    return Optional.ofNullable(field.apply(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static <T extends @Nullable Object> T in(String header, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("header \"" + header + "\": " + e.getMessage(), e);
    }
  }
}
