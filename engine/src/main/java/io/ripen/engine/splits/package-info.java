/** A/B tests: which lead got which variant, what came of it, and which one is better. */
@NullMarked
package io.ripen.engine.splits;

import org.jspecify.annotations.NullMarked;
