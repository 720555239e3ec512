/** Decides in one place whether, when and by which channel a touch may go out. */
@NullMarked
package io.ripen.engine.gate;

import org.jspecify.annotations.NullMarked;
