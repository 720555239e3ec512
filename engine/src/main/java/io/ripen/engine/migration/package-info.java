/** Moves running instances of a flow to another version, and no touch happens twice by it. */
@NullMarked
package io.ripen.engine.migration;

import org.jspecify.annotations.NullMarked;
