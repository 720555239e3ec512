package io.ripen.engine.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ripen.engine.splits.Interval;
import io.ripen.engine.splits.SplitResult;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a split, with what the diagram calls it.
 *
 * @param step the name of the element
 */
record FlowSplit(String step, @JsonUnwrapped SplitResult result) {

  private static final String NONE = "–";

  public Moment began() {
    return Moment.of(result.beganAt());
  }

  /** Whether leads of more than one version are counted together. */
  public boolean spansVersions() {
    return result.firstVersion() < result.lastVersion();
  }

  /** The variant that the others are compared with. */
  public String first() {
    return result.variants().stream()
        .filter(variant -> variant.share() > 0)
        .map(SplitResult.Variant::name)
        .findFirst()
        .orElse("");
  }

  public boolean isWinner(SplitResult.Variant variant) {
    SplitResult.Decision decision = result.decision();
    return decision != null && variant.name().equals(decision.winner());
  }

  /** Whether anybody got a variant because it had won. */
  public boolean hasFollowers() {
    return result.variants().stream().anyMatch(variant -> variant.afterDecision() > 0);
  }

  /** {@code 50 %}. */
  public String share(SplitResult.Variant variant) {
    return percent(variant.share()).replace(".0", "");
  }

  /** {@code 12.1 %}. */
  public static String percent(@Nullable Double part) {
    return part == null ? NONE : String.format(Locale.ROOT, "%.1f\u00a0%%", part * 100);
  }

  /** {@code 10.0 to 14.4 %}. */
  public static String range(@Nullable Interval interval) {
    return interval == null
        ? NONE
        : String.format(
            Locale.ROOT, "%.1f to %.1f\u00a0%%", interval.low() * 100, interval.high() * 100);
  }

  /** {@code +1.2 to +7.0 points}. */
  public static String points(@Nullable Interval difference) {
    return difference == null
        ? ""
        : String.format(
                Locale.ROOT,
                "%+.1f to %+.1f points",
                difference.low() * 100,
                difference.high() * 100)
            .replace('-', '−');
  }
}
