/** What Ripen does in a second, beside what the same machine could do; run by hand. */
@NullMarked
package io.ripen.benchmarks;

import org.jspecify.annotations.NullMarked;
