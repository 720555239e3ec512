package io.ripen.engine.forms;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a field takes.
 *
 * @param longest in characters
 * @param pattern what a text has to hold; looked for in a time that grows with the text's length
 *     only
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
