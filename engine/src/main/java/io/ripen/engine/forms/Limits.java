package io.ripen.engine.forms;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a field takes.
 *
 * @param longest in characters
 * @param pattern what a text has to hold
 * @param decimals how many digits behind the point a number may have
 */
record Limits(
    boolean required,
    int shortest,
    int longest,
    @Nullable Pattern pattern,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    int decimals) {

  static final int LONGEST_LINE = 500;
  static final int LONGEST_TEXT = 5_000;
}
