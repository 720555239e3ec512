package io.ripen.engine.splits;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The rule that picks a winner, at one look whose time nothing depends on but the number of leads.
 * Who looks again and again until a difference shows finds one that is not there far more often
 * than they think.
 */
final class FixedLook {

  private FixedLook() {}

  /** The variant that does better than each of the others, if one does. */
  static Optional<String> winner(Map<String, Proportion> variants) {
    double error = error(variants.size());
    return variants.entrySet().stream()
        .max(Comparator.comparingDouble(variant -> variant.getValue().rate()))
        .filter(
            best ->
                variants.entrySet().stream()
                    .filter(other -> !other.getKey().equals(best.getKey()))
                    .allMatch(other -> best.getValue().moreThan(other.getValue(), error).low() > 0))
        .map(Map.Entry::getKey);
  }

  /** What each comparison may err, so that all together err as rarely as one of 95 %. */
  static double error(int variants) {
    return Proportion.ERROR / Math.max(1, variants - 1);
  }
}
