package io.ripen.engine.splits;

import io.ripen.engine.splits.CountJdbc.Count;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in sentences what can be said of a test by now, and no more than that. */
final class Finding {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Finding() {}

  static String of(Experiment experiment, @Nullable Look look, Map<String, Count> counts) {
    if (look != null) {
      return decided(look);
    }
    List<String> variants = experiment.split().used();
    if (experiment.lookAt() != null) {
      return toBeDecided(experiment, experiment.lookAt(), fewest(variants, counts));
    }
    if (variants.size() < 2) {
      return "There is nothing to compare: all leads come into %s.".formatted(variants.getFirst());
    }
    long fewest = fewest(variants, counts);
    if (fewest < Experiment.FEWEST) {
      return "Too early to tell: a group has %s whose time of %s is over, and it takes %d in each."
          .formatted(leads(fewest), experiment.goal().time(), Experiment.FEWEST);
    }
    List<String> sentences = new ArrayList<>();
    for (String other : variants.subList(1, variants.size())) {
      sentences.add(compare(experiment.split(), variants.getFirst(), other, counts));
    }
    return String.join(" ", sentences);
  }

  private static String decided(Look look) {
    Map<String, Proportion> numbers = look.numbers();
    String winner = look.winner();
    if (winner == null) {
      return "Looked at on %s: no group did better than each of the others (%s), so leads go on being divided."
          .formatted(
              DAY.format(look.at()),
              numbers.entrySet().stream()
                  .map(each -> each.getKey() + ": " + part(each.getValue()))
                  .collect(Collectors.joining(", ")));
    }
    double error = FixedLook.error(numbers.size());
    Proportion best = known(numbers, winner);
    List<String> sentences = new ArrayList<>();
    numbers.forEach(
        (other, number) -> {
          if (!other.equals(winner)) {
            sentences.add(better(winner, best, other, number, error));
          }
        });
    return "Decided on %s: %s New leads get %s; who had another group keeps it."
        .formatted(DAY.format(look.at()), String.join(" ", sentences), winner);
  }

  private static String toBeDecided(Experiment experiment, int lookAt, long fewest) {
    return ("Decided at one look, when each group has %s whose time of %s is over; the smallest has %s now."
            + " What the table shows before that misleads easily.")
        .formatted(leads(lookAt), experiment.goal().time(), number(fewest));
  }

  private static String compare(
      Split split, String first, String other, Map<String, Count> counts) {
    double error = FixedLook.error(split.used().size());
    Proportion one = proportion(counts, first);
    Proportion two = proportion(counts, other);
    Interval more = two.moreThan(one, error);
    if (more.excludesZero()) {
      return more.low() > 0
          ? better(other, two, first, one, error)
          : better(first, one, other, two, error);
    }
    double rate = (double) (one.reached() + two.reached()) / (one.leads() + two.leads());
    double difference = Needed.difference(rate);
    long needed = Needed.leads(rate, difference, error);
    double missing =
        Math.max(
            (needed - one.leads()) / split.share(first),
            (needed - two.leads()) / split.share(other));
    String points = points(difference).equals("1.0") ? "one point" : trimmed(difference);
    return missing > 0
        ? "No difference between %s and %s can be told yet; some %s leads more would be needed to see one of %s."
            .formatted(first, other, number(Needed.roughly((long) Math.ceil(missing))), points)
        : "No difference between %s and %s can be told; one of %s would most likely have shown by now."
            .formatted(first, other, points);
  }

  private static String better(
      String better, Proportion one, String worse, Proportion two, double error) {
    Interval more = one.moreThan(two, error);
    return "%s does better than %s: %s against %s, which is %s to %s points more."
        .formatted(better, worse, part(one), part(two), points(more.low()), points(more.high()));
  }

  private static long fewest(List<String> variants, Map<String, Count> counts) {
    return variants.stream()
        .mapToLong(variant -> counts.getOrDefault(variant, Count.NONE).leads())
        .min()
        .orElse(0);
  }

  private static Proportion proportion(Map<String, Count> counts, String variant) {
    Count count = counts.getOrDefault(variant, Count.NONE);
    return new Proportion(count.reached(), count.leads());
  }

  private static Proportion known(Map<String, Proportion> numbers, String variant) {
    Proportion number = numbers.get(variant);
    if (number == null) {
      throw new IllegalStateException("the winner " + variant + " is none of " + numbers.keySet());
    }
    return number;
  }

  private static String part(Proportion part) {
    return "%s\u00a0%% of %s".formatted(points(part.rate()), number(part.leads()));
  }

  /** A part of 1 as points of a hundred; a small one with one digit more. */
  private static String points(double part) {
    double points = part * 100;
    return String.format(Locale.ROOT, points > 0 && points < 0.1 ? "%.2f" : "%.1f", points);
  }

  private static String trimmed(double difference) {
    return points(difference).replace(".0", "") + " points";
  }

  private static String leads(long number) {
    return number == 1 ? "1 lead" : number(number) + " leads";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
