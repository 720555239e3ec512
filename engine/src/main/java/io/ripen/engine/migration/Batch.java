package io.ripen.engine.migration;

import java.util.List;

/**
 * What became of some instances.
 *
 * @param version the version that they ran on
 * @param after the last of them; the next batch begins behind it
 * @param more whether there may be others behind it
 * @param gone how many had ended meanwhile
 * @param refused how many stay where they are for reasons that the preview tells
 * @param left whom Zeebe did not move
 */
record Batch(
    int version, long after, boolean more, long moved, long gone, long refused, List<Left> left) {

  /** An instance that stays where it was, and why. */
  record Left(long instance, String reason) {}
}
