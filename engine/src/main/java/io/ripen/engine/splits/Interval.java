package io.ripen.engine.splits;

/**
 * Where the true value most likely lies.
 *
 * @param low as a part of 1, as is {@code high}
 */
public record Interval(double low, double high) {

  boolean excludesZero() {
    return low > 0 || high < 0;
  }
}
