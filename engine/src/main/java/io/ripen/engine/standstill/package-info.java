/** All processes standing still together, for as long as somebody looks at all stores at once. */
@NullMarked
package io.ripen.engine.standstill;

import org.jspecify.annotations.NullMarked;
