package io.ripen.engine.splits;

import io.ripen.engine.splits.CountJdbc.Count;
import io.ripen.engine.splits.SplitResult.Decision;
import io.ripen.engine.splits.SplitResult.Variant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what came of the tests in flows. */
public final class SplitResults {

  private final ExperimentJdbc tests;
  private final CountJdbc counts;
  private final Clock clock;

  SplitResults(ExperimentJdbc tests, CountJdbc counts, Clock clock) {
    this.tests = tests;
    this.counts = counts;
    this.clock = clock;
  }

  /** All tests of the flow that leads have come into, the newest first. */
  public List<SplitResult> of(String flow) {
    return tests.of(flow).stream().map(this::result).toList();
  }

  /** Those alone that ran in this version of the flow. */
  public List<SplitResult> of(String flow, int version) {
    return tests.of(flow).stream()
        .filter(test -> test.firstVersion() <= version && version <= test.lastVersion())
        .map(this::result)
        .toList();
  }

  private SplitResult result(KeptExperiment test) {
    Experiment experiment = test.experiment();
    Map<String, Count> counted =
        counts.counts(test, clock.instant().minus(experiment.goal().within()));
    Map<String, Count> byVariant = new LinkedHashMap<>();
    for (String variant : experiment.split().weights().keySet()) {
      byVariant.put(variant, counted.getOrDefault(variant, Count.NONE));
    }
    return new SplitResult(
        test.element(),
        experiment.name(),
        experiment.goal().words(),
        experiment.goal().time(),
        test.beganAt(),
        test.firstVersion(),
        test.lastVersion(),
        variants(test, byVariant),
        Finding.of(experiment, test.look(), byVariant),
        decision(test.look()));
  }

  private static List<Variant> variants(KeptExperiment test, Map<String, Count> counts) {
    Experiment experiment = test.experiment();
    boolean isOpen = experiment.lookAt() == null || test.look() != null;
    double error = FixedLook.error(experiment.split().used().size());
    String first = experiment.split().used().getFirst();
    Proportion base = proportion(counts.getOrDefault(first, Count.NONE));
    List<Variant> variants = new ArrayList<>();
    counts.forEach(
        (name, count) -> {
          Proportion own = proportion(count);
          variants.add(
              new Variant(
                  name,
                  experiment.split().share(name),
                  count.leads(),
                  count.reached(),
                  count.underWay(),
                  count.byRule(),
                  own == null ? null : own.rate(),
                  own == null ? null : own.interval(Proportion.ERROR),
                  own == null || base == null || name.equals(first) || !isOpen
                      ? null
                      : own.moreThan(base, error)));
        });
    return variants;
  }

  private static @Nullable Proportion proportion(Count count) {
    return count.leads() == 0 ? null : new Proportion(count.reached(), count.leads());
  }

  private static @Nullable Decision decision(@Nullable Look look) {
    return look == null
        ? null
        : new Decision(
            look.at(),
            look.winner(),
            look.numbers().entrySet().stream()
                .map(
                    variant ->
                        new SplitResult.Seen(
                            variant.getKey(),
                            variant.getValue().leads(),
                            variant.getValue().reached()))
                .toList());
  }
}
